CREATE TABLE `ended_terms` (
	`member_id` bigint NOT NULL,
	`law` varchar(20) NOT NULL,
	`at` datetime(3) NOT NULL,
	CONSTRAINT `ended_terms_member_id_law_pk` PRIMARY KEY(`member_id`,`law`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE INDEX `leave_requests_ended` ON `leave_requests` (`state`,`ended_at`,`id`);