ALTER TABLE `members` ADD `tags` varchar(1000) NOT NULL DEFAULT '[]';--> statement-breakpoint
ALTER TABLE `purchases` ADD `paid` varchar(300) NOT NULL DEFAULT '{"couponFen":0,"storedValueFen":0,"channel":null,"payment":null}';
