CREATE TABLE `points_redates` (
	`member_id` bigint NOT NULL,
	`entry_seq` int NOT NULL,
	`lot_seq` int NOT NULL,
	`usable_from` date NOT NULL,
	`usable_on` date NOT NULL,
	`expires_from` date,
	`expires_on` date,
	CONSTRAINT `points_redates_member_id_entry_seq_lot_seq_pk` PRIMARY KEY(`member_id`,`entry_seq`,`lot_seq`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
DROP INDEX `points_lots_expires` ON `points_lots`;--> statement-breakpoint
ALTER TABLE `points_lots` ADD `due_on` date GENERATED ALWAYS AS (if(remaining > 0, expires_on, null)) VIRTUAL;--> statement-breakpoint
CREATE INDEX `points_lots_due` ON `points_lots` (`due_on`,`member_id`);
