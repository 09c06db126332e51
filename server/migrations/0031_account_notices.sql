CREATE TABLE `admin_notices` (
	`id` bigint AUTO_INCREMENT NOT NULL,
	`login` varchar(40) NOT NULL,
	`kind` varchar(20) NOT NULL,
	`by_name` varchar(20) NOT NULL,
	`token_hash` varchar(64) NOT NULL,
	`address` varchar(50) NOT NULL,
	`device` varchar(200) NOT NULL,
	`times` int NOT NULL,
	`at` datetime(3) NOT NULL,
	CONSTRAINT `admin_notices_id` PRIMARY KEY(`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE INDEX `admin_notices_login` ON `admin_notices` (`login`,`id`);--> statement-breakpoint
CREATE INDEX `admin_notices_at` ON `admin_notices` (`at`);