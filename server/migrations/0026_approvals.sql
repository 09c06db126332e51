CREATE TABLE `approval_numbers` (
	`one` int NOT NULL,
	`given` bigint NOT NULL,
	CONSTRAINT `approval_numbers_one` PRIMARY KEY(`one`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `approvals` (
	`id` bigint NOT NULL,
	`kind` varchar(20) NOT NULL,
	`state` varchar(10) NOT NULL,
	`asker` varchar(60) NOT NULL,
	`asked_at` datetime(3) NOT NULL,
	`store_id` bigint,
	`member_id` bigint,
	`title` varchar(200) NOT NULL,
	`because` varchar(100) NOT NULL,
	`request` mediumtext,
	`figures` varchar(300) NOT NULL,
	`decider` varchar(60) NOT NULL,
	`decided_at` datetime(3),
	`reason` varchar(100) NOT NULL,
	`outcome` varchar(600) NOT NULL,
	CONSTRAINT `approvals_id` PRIMARY KEY(`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE INDEX `approvals_state` ON `approvals` (`state`,`asked_at`,`id`);--> statement-breakpoint
CREATE INDEX `approvals_asker` ON `approvals` (`asker`,`asked_at`);--> statement-breakpoint
CREATE INDEX `approvals_member` ON `approvals` (`member_id`);