DROP INDEX `case_steps_case` ON `case_steps`;--> statement-breakpoint
DROP INDEX `inbox_messages_member` ON `inbox_messages`;--> statement-breakpoint
DROP INDEX `referrals_inviter` ON `referrals`;--> statement-breakpoint
DROP INDEX `referrals_state` ON `referrals`;--> statement-breakpoint
DROP INDEX `audit_log_subject` ON `audit_log`;--> statement-breakpoint
DROP INDEX `audit_log_action` ON `audit_log`;--> statement-breakpoint
CREATE INDEX `audit_log_at` ON `audit_log` (`at`,`id`);--> statement-breakpoint
CREATE INDEX `case_steps_case` ON `case_steps` (`case_id`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `inbox_messages_member` ON `inbox_messages` (`member_id`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `referrals_inviter` ON `referrals` (`inviter_id`,`made_at`,`invitee_id`);--> statement-breakpoint
CREATE INDEX `referrals_state` ON `referrals` (`state`,`made_at`,`invitee_id`);--> statement-breakpoint
CREATE INDEX `audit_log_subject` ON `audit_log` (`subject`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `audit_log_action` ON `audit_log` (`action`,`at`,`id`);