CREATE TABLE `audit_log_blocks` (
	`no` bigint NOT NULL,
	`line_ids` mediumtext NOT NULL,
	`newest_at` datetime(3) NOT NULL,
	`digest` binary(32) NOT NULL,
	`seal` binary(32) NOT NULL,
	`swept` binary(32),
	CONSTRAINT `audit_log_blocks_no` PRIMARY KEY(`no`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
ALTER TABLE `audit_log` ADD `seal` binary(32);--> statement-breakpoint
ALTER TABLE `audit_log` ADD `sealed_in` bigint;--> statement-breakpoint
CREATE INDEX `audit_log_blocks_newest` ON `audit_log_blocks` (`newest_at`);--> statement-breakpoint
CREATE INDEX `audit_log_sealed_in` ON `audit_log` (`sealed_in`,`id`);