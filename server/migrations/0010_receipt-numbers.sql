CREATE TABLE `receipt_numbers` (
	`store_id` bigint NOT NULL,
	`on_day` date NOT NULL,
	`given` int NOT NULL,
	CONSTRAINT `receipt_numbers_store_id_on_day_pk` PRIMARY KEY(`store_id`,`on_day`)
) COLLATE utf8mb4_bin;
