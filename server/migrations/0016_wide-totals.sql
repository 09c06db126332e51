ALTER TABLE `points_accounts` MODIFY COLUMN `debt` bigint NOT NULL, MODIFY COLUMN `earned` bigint NOT NULL, MODIFY COLUMN `spent` bigint NOT NULL, MODIFY COLUMN `expired` bigint NOT NULL;--> statement-breakpoint
ALTER TABLE `case_members` MODIFY COLUMN `taken_points` bigint NOT NULL;
