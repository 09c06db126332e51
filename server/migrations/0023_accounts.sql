CREATE TABLE `admin_roles` (
	`id` bigint AUTO_INCREMENT NOT NULL,
	`name` varchar(12) NOT NULL,
	`permissions` mediumtext NOT NULL,
	CONSTRAINT `admin_roles_id` PRIMARY KEY(`id`),
	CONSTRAINT `admin_roles_name` UNIQUE(`name`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
ALTER TABLE `admins` ADD `role` varchar(24) DEFAULT 'owner' NOT NULL;--> statement-breakpoint
ALTER TABLE `admins` ADD `store_ids` mediumtext;--> statement-breakpoint
ALTER TABLE `admins` ADD `active` boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `admins` ADD `one_time_until` datetime(3);--> statement-breakpoint
ALTER TABLE `admins` ADD `totp_sealed` varchar(200);--> statement-breakpoint
ALTER TABLE `admins` ADD `totp_pending_sealed` varchar(200);--> statement-breakpoint
ALTER TABLE `admins` ADD `totp_step` int DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `admins` ADD `recovery_hashes` varchar(1000) DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `admins` ADD `last_log_in_at` datetime(3);--> statement-breakpoint
ALTER TABLE `admin_sessions` ADD `address` varchar(50) DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `admin_sessions` ADD `device` varchar(200) DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `admin_sessions` ADD `opened_at` datetime(3);--> statement-breakpoint
ALTER TABLE `admin_sessions` ADD `last_seen_at` datetime(3);--> statement-breakpoint
CREATE INDEX `admin_sessions_login` ON `admin_sessions` (`login`);--> statement-breakpoint
UPDATE `admins` SET `login` = LOWER(`login`);--> statement-breakpoint
UPDATE `admin_sessions` SET `login` = LOWER(`login`);
