CREATE TABLE `spend_requests` (
	`member_id` bigint NOT NULL,
	`draft_id` varchar(64) NOT NULL,
	`clerk_id` bigint NOT NULL,
	`store_id` bigint NOT NULL,
	`points` int NOT NULL,
	`state` varchar(10) NOT NULL,
	`asked_at` datetime(3) NOT NULL,
	`ends_at` datetime(3) NOT NULL,
	CONSTRAINT `spend_requests_member_id_draft_id_pk` PRIMARY KEY(`member_id`,`draft_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
ALTER TABLE `purchase_returns` ADD `refund_fen` int;--> statement-breakpoint
ALTER TABLE `purchase_returns` ADD `taken_at` bigint;--> statement-breakpoint
CREATE INDEX `spend_requests_draft` ON `spend_requests` (`draft_id`);