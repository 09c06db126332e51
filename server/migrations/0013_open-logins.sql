DROP INDEX `refresh_tokens_member` ON `refresh_tokens`;--> statement-breakpoint
CREATE INDEX `refresh_tokens_open` ON `refresh_tokens` (`member_id`,`used_at`,`family_id`);