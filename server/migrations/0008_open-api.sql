CREATE TABLE `api_keys` (
	`id` bigint AUTO_INCREMENT NOT NULL,
	`key_id` varchar(24) NOT NULL,
	`name` varchar(30) NOT NULL,
	`secret_sealed` varchar(200) NOT NULL,
	`store_ids` varchar(4000) NOT NULL,
	`per_minute` int NOT NULL,
	`made_at` datetime(3) NOT NULL,
	`made_by` varchar(60) NOT NULL,
	`last_used_at` datetime(3),
	`revoked_at` datetime(3),
	CONSTRAINT `api_keys_id` PRIMARY KEY(`id`),
	CONSTRAINT `api_keys_key` UNIQUE(`key_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `api_nonces` (
	`api_key_id` bigint NOT NULL,
	`nonce` varchar(64) NOT NULL,
	`seen_at` datetime(3) NOT NULL,
	CONSTRAINT `api_nonces_api_key_id_nonce_pk` PRIMARY KEY(`api_key_id`,`nonce`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE INDEX `api_nonces_seen` ON `api_nonces` (`seen_at`);