CREATE TABLE `login_failures` (
	`login` varchar(40) NOT NULL,
	`known` boolean NOT NULL,
	`times` varchar(1000) NOT NULL,
	`last_at` datetime(3) NOT NULL,
	CONSTRAINT `login_failures_login_known_pk` PRIMARY KEY(`login`,`known`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `admin_devices` (
	`id` bigint AUTO_INCREMENT NOT NULL,
	`login` varchar(40) NOT NULL,
	`token_hash` char(64) NOT NULL,
	`ends_at` datetime(3) NOT NULL,
	CONSTRAINT `admin_devices_id` PRIMARY KEY(`id`),
	CONSTRAINT `admin_devices_login` UNIQUE(`login`,`token_hash`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
ALTER TABLE `admin_sessions` ADD `device_id` bigint;--> statement-breakpoint
CREATE INDEX `login_failures_last` ON `login_failures` (`last_at`);--> statement-breakpoint
CREATE INDEX `admin_devices_token` ON `admin_devices` (`token_hash`);--> statement-breakpoint
CREATE INDEX `admin_devices_ends` ON `admin_devices` (`ends_at`);