DROP INDEX `points_entries_at` ON `points_entries`;--> statement-breakpoint
DROP INDEX `points_lots_expires` ON `points_lots`;--> statement-breakpoint
CREATE INDEX `points_entries_at` ON `points_entries` (`at`,`kind`,`delta`);--> statement-breakpoint
CREATE INDEX `points_lots_expires` ON `points_lots` (`expires_on`,`remaining`);