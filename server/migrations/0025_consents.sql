CREATE TABLE `consents` (
	`id` bigint AUTO_INCREMENT NOT NULL,
	`member_id` bigint NOT NULL,
	`subject` varchar(20) NOT NULL,
	`given` boolean NOT NULL,
	`version` int NOT NULL,
	`place` varchar(10) NOT NULL,
	`said_by` varchar(60) NOT NULL,
	`reason` varchar(100) NOT NULL,
	`at` datetime(3) NOT NULL,
	CONSTRAINT `consents_id` PRIMARY KEY(`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `agreements` (
	`version` int NOT NULL,
	`edition` int NOT NULL,
	`supplement` varchar(2000) NOT NULL,
	`sections` mediumtext NOT NULL,
	`changes` varchar(100) NOT NULL,
	`published_at` datetime(3) NOT NULL,
	`published_by` varchar(60) NOT NULL,
	CONSTRAINT `agreements_version` PRIMARY KEY(`version`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
ALTER TABLE `members` ADD `choices` varchar(500) DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `members` ADD `agreed_version` int DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `members` ADD `agreed_at` datetime(3);--> statement-breakpoint
CREATE INDEX `consents_member` ON `consents` (`member_id`,`at`,`id`);--> statement-breakpoint
UPDATE `members` SET `birthday_set_on` = NULL WHERE `birth_month_day` IS NULL AND `birthday` IS NULL;
