ALTER TABLE `referrals` ADD `doubts` varchar(200) NOT NULL DEFAULT '[]';--> statement-breakpoint
ALTER TABLE `referrals` ADD `reviewed_by` varchar(60) NOT NULL DEFAULT '';--> statement-breakpoint
CREATE INDEX `referrals_state` ON `referrals` (`state`,`invitee_id`);