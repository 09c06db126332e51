CREATE TABLE `card_batches` (
	`id` bigint AUTO_INCREMENT NOT NULL,
	`cards` int NOT NULL,
	`made_at` datetime(3) NOT NULL,
	`made_by` varchar(60) NOT NULL,
	CONSTRAINT `card_batches_id` PRIMARY KEY(`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `cards` (
	`card_no` char(12) NOT NULL,
	`batch_id` bigint NOT NULL,
	`state` varchar(10) NOT NULL,
	`member_id` bigint,
	`issued_at` datetime(3),
	`issued_by` varchar(60) NOT NULL,
	`ended_at` datetime(3),
	CONSTRAINT `cards_card_no` PRIMARY KEY(`card_no`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `lot_origins` (
	`member_id` bigint NOT NULL,
	`seq` int NOT NULL,
	`from_member` bigint NOT NULL,
	`from_seq` int NOT NULL,
	CONSTRAINT `lot_origins_member_id_seq_pk` PRIMARY KEY(`member_id`,`seq`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `merged_members` (
	`member_id` bigint NOT NULL,
	`into_id` bigint,
	`taken_in` int NOT NULL,
	CONSTRAINT `merged_members_member_id` PRIMARY KEY(`member_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE INDEX `cards_member` ON `cards` (`member_id`);--> statement-breakpoint
CREATE INDEX `cards_batch` ON `cards` (`batch_id`);--> statement-breakpoint
CREATE INDEX `lot_origins_from` ON `lot_origins` (`from_member`,`from_seq`);--> statement-breakpoint
CREATE INDEX `merged_members_into` ON `merged_members` (`into_id`);