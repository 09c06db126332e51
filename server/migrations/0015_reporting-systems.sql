ALTER TABLE `api_keys` ADD `system` varchar(30) NOT NULL DEFAULT '';--> statement-breakpoint
UPDATE `api_keys` SET `system` = `name` WHERE `system` = '';
