CREATE TABLE `receipt_numbers` (
	`store_id` bigint NOT NULL,
	`on_day` date NOT NULL,
	`given` int NOT NULL,
	CONSTRAINT `receipt_numbers_store_id_on_day_pk` PRIMARY KEY(`store_id`,`on_day`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
