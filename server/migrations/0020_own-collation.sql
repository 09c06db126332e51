-- Made with the database's own collation until now. The first may make the text a longer one.
ALTER TABLE `__drizzle_migrations` CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;--> statement-breakpoint
ALTER TABLE `__drizzle_migrations` MODIFY COLUMN `hash` text NOT NULL;
