CREATE TABLE `announcements` (
	`id` bigint AUTO_INCREMENT NOT NULL,
	`title` varchar(40) NOT NULL,
	`body` varchar(2000) NOT NULL,
	`state` varchar(10) NOT NULL,
	`case_id` bigint,
	`made_at` datetime(3) NOT NULL,
	`made_by` varchar(60) NOT NULL,
	`published_at` datetime(3),
	CONSTRAINT `announcements_id` PRIMARY KEY(`id`),
	CONSTRAINT `announcements_case` UNIQUE(`case_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `case_members` (
	`case_id` bigint NOT NULL,
	`member_id` bigint NOT NULL,
	`decision` varchar(12) NOT NULL,
	`taken_points` int NOT NULL,
	CONSTRAINT `case_members_case_id_member_id_pk` PRIMARY KEY(`case_id`,`member_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `case_steps` (
	`id` bigint AUTO_INCREMENT NOT NULL,
	`case_id` bigint NOT NULL,
	`member_id` bigint NOT NULL,
	`kind` varchar(12) NOT NULL,
	`text` varchar(400) NOT NULL,
	`actor` varchar(60) NOT NULL,
	`at` datetime(3) NOT NULL,
	CONSTRAINT `case_steps_id` PRIMARY KEY(`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `cases` (
	`id` bigint AUTO_INCREMENT NOT NULL,
	`reason` varchar(200) NOT NULL,
	`opened_at` datetime(3) NOT NULL,
	`opened_by` varchar(60) NOT NULL,
	CONSTRAINT `cases_id` PRIMARY KEY(`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `compensated_members` (
	`compensation_id` bigint NOT NULL,
	`member_id` bigint NOT NULL,
	`state` varchar(10) NOT NULL,
	CONSTRAINT `compensated_members_compensation_id_member_id_pk` PRIMARY KEY(`compensation_id`,`member_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `compensations` (
	`id` bigint AUTO_INCREMENT NOT NULL,
	`reason` varchar(100) NOT NULL,
	`points` int NOT NULL,
	`made_at` datetime(3) NOT NULL,
	`made_by` varchar(60) NOT NULL,
	CONSTRAINT `compensations_id` PRIMARY KEY(`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `points_takings` (
	`member_id` bigint NOT NULL,
	`entry_seq` int NOT NULL,
	`points` int NOT NULL,
	`case_id` bigint NOT NULL,
	`at` datetime(3) NOT NULL,
	CONSTRAINT `points_takings_member_id_entry_seq_pk` PRIMARY KEY(`member_id`,`entry_seq`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE INDEX `announcements_published` ON `announcements` (`state`,`published_at`,`id`);--> statement-breakpoint
CREATE INDEX `case_members_member` ON `case_members` (`member_id`,`decision`);--> statement-breakpoint
CREATE INDEX `case_members_decision` ON `case_members` (`decision`,`case_id`);--> statement-breakpoint
CREATE INDEX `case_steps_case` ON `case_steps` (`case_id`,`id`);--> statement-breakpoint
CREATE INDEX `compensated_members_state` ON `compensated_members` (`compensation_id`,`state`,`member_id`);--> statement-breakpoint
CREATE INDEX `referrals_made_at` ON `referrals` (`made_at`);--> statement-breakpoint
CREATE INDEX `refresh_tokens_member` ON `refresh_tokens` (`member_id`);