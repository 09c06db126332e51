CREATE TABLE `rebindings` (
	`id` bigint AUTO_INCREMENT NOT NULL,
	`member_id` bigint NOT NULL,
	`openid_hash` char(64) NOT NULL,
	`state` varchar(10) NOT NULL,
	`request_id` varchar(64) NOT NULL,
	`asked_at` datetime(3) NOT NULL,
	`due_at` datetime(3) NOT NULL,
	CONSTRAINT `rebindings_id` PRIMARY KEY(`id`),
	CONSTRAINT `rebindings_request` UNIQUE(`request_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE INDEX `rebindings_member` ON `rebindings` (`member_id`,`state`);--> statement-breakpoint
CREATE INDEX `rebindings_openid` ON `rebindings` (`openid_hash`,`state`);--> statement-breakpoint
CREATE INDEX `rebindings_asked` ON `rebindings` (`asked_at`);