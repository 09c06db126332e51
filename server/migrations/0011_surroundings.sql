CREATE TABLE `push_nonces` (
	`timestamp` varchar(12) NOT NULL,
	`nonce` varchar(64) NOT NULL,
	`seen_at` datetime(3) NOT NULL,
	CONSTRAINT `push_nonces_timestamp_nonce_pk` PRIMARY KEY(`timestamp`,`nonce`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `login_locks` (
	`login` varchar(40) NOT NULL,
	`address` varchar(50) NOT NULL,
	`failures` int NOT NULL,
	`locked_until` datetime(3) NOT NULL,
	CONSTRAINT `login_locks_login_address_pk` PRIMARY KEY(`login`,`address`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
ALTER TABLE `members` ADD `pictures_on` date;--> statement-breakpoint
ALTER TABLE `members` ADD `pictures_sent` int DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `set_aside_at` datetime(3);--> statement-breakpoint
CREATE INDEX `push_nonces_seen` ON `push_nonces` (`seen_at`);--> statement-breakpoint
CREATE INDEX `login_locks_until` ON `login_locks` (`locked_until`);--> statement-breakpoint
CREATE INDEX `members_avatar` ON `members` (`avatar_url`);--> statement-breakpoint
UPDATE `mall_items` SET `picture_url` = '' WHERE `picture_url` <> '' AND `picture_url` NOT LIKE '/files/%';