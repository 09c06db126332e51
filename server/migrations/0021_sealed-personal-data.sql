DROP INDEX `members_birthday` ON `members`;--> statement-breakpoint
ALTER TABLE `members` MODIFY COLUMN `openid` varchar(64);--> statement-breakpoint
ALTER TABLE `members` MODIFY COLUMN `address` varchar(120) NOT NULL DEFAULT '';--> statement-breakpoint
ALTER TABLE `members` ADD `openid_hash` char(64);--> statement-breakpoint
ALTER TABLE `members` ADD `openid_sealed` varchar(200) DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `members` ADD `birth_month_day` char(5);--> statement-breakpoint
ALTER TABLE `members` ADD `birth_year_sealed` varchar(100) DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `members` ADD `address_sealed` varchar(800) DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE `members` SET `birth_month_day` = DATE_FORMAT(`birthday`, '%m-%d') WHERE `birthday` IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `members_openid_hash` ON `members` (`openid_hash`);--> statement-breakpoint
CREATE INDEX `members_birth_month_day` ON `members` (`birth_month_day`);
