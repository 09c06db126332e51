CREATE TABLE `member_tiers` (
	`member_id` bigint NOT NULL,
	`tier_id` varchar(40),
	`since` date NOT NULL,
	`kept_until` date,
	`granted_tier_id` varchar(40),
	`granted_on` date,
	`granted_until` date,
	`granted_by` varchar(60) NOT NULL,
	`grant_reason` varchar(200) NOT NULL,
	CONSTRAINT `member_tiers_member_id` PRIMARY KEY(`member_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
ALTER TABLE `points_accounts` ADD `bought_by_month` varchar(1600) NOT NULL DEFAULT '{}';
--> statement-breakpoint
-- What was bought before months were kept counts as one sum, earlier than all of them.
UPDATE `points_accounts` SET `bought_by_month` = CONCAT('{"0000-00":[', `spend_fen`, ',', `purchases`, ']}') WHERE `purchases` > 0;
