CREATE TABLE `left_identities` (
	`hash` char(64) NOT NULL,
	`ends_at` datetime(3) NOT NULL,
	CONSTRAINT `left_identities_hash` PRIMARY KEY(`hash`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `leave_requests` (
	`id` bigint AUTO_INCREMENT NOT NULL,
	`member_id` bigint NOT NULL,
	`state` varchar(10) NOT NULL,
	`points` int NOT NULL,
	`asked_at` datetime(3) NOT NULL,
	`asked_by` varchar(60) NOT NULL,
	`reason` varchar(100) NOT NULL,
	`due_at` datetime(3) NOT NULL,
	`ended_at` datetime(3),
	CONSTRAINT `leave_requests_id` PRIMARY KEY(`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE INDEX `left_identities_ends` ON `left_identities` (`ends_at`);--> statement-breakpoint
CREATE INDEX `leave_requests_member` ON `leave_requests` (`member_id`,`state`);--> statement-breakpoint
CREATE INDEX `leave_requests_state` ON `leave_requests` (`state`,`due_at`,`id`);--> statement-breakpoint
CREATE INDEX `leave_requests_asked` ON `leave_requests` (`asked_at`,`id`);