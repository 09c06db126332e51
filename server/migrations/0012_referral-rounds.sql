ALTER TABLE `referrals` ADD `invitee_seq` int NOT NULL DEFAULT 0;--> statement-breakpoint
ALTER TABLE `referrals` ADD `rewarded_month` varchar(7) NOT NULL DEFAULT '';--> statement-breakpoint
ALTER TABLE `referrals` ADD `round` int NOT NULL DEFAULT 0;--> statement-breakpoint
-- The friend's part, once per invitation until now. An entry of the ledger never changes, so this may run again.
UPDATE `referrals` SET `invitee_seq` = COALESCE((SELECT MAX(`e`.`seq`) FROM `points_entries` `e` WHERE `e`.`member_id` = `referrals`.`invitee_id` AND `e`.`cause` = 'referral-invitee'), 0);--> statement-breakpoint
-- The month of UTC: at the turn of a month a reward taken back may leave the count of its month as it is.
UPDATE `referrals` SET `rewarded_month` = COALESCE((SELECT DATE_FORMAT(`e`.`at`, '%Y-%m') FROM `points_entries` `e` WHERE `e`.`member_id` = `referrals`.`inviter_id` AND `e`.`seq` = `referrals`.`entry_seq`), '') WHERE `entry_seq` > 0;--> statement-breakpoint
UPDATE `referrals` SET `round` = 1 WHERE `state` = 'taken-back';
