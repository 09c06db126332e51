-- MariaDB's dumps name values for generated columns, which MySQL refuses (3105).
DROP INDEX `points_lots_due` ON `points_lots`;--> statement-breakpoint
ALTER TABLE `points_lots` DROP COLUMN `due_on`;--> statement-breakpoint
ALTER TABLE `points_lots` ADD `due_on` date;--> statement-breakpoint
UPDATE `points_lots` SET `due_on` = `expires_on` WHERE `remaining` > 0;--> statement-breakpoint
CREATE INDEX `points_lots_due` ON `points_lots` (`due_on`,`member_id`);--> statement-breakpoint
DROP INDEX `members_birthday` ON `members`;--> statement-breakpoint
ALTER TABLE `members` DROP COLUMN `birthday_md`;--> statement-breakpoint
CREATE INDEX `members_birthday` ON `members` (`birthday`);
