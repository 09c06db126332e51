CREATE TABLE `guardian_requests` (
	`id` bigint AUTO_INCREMENT NOT NULL,
	`child_hash` char(64) NOT NULL,
	`code_hash` char(64) NOT NULL,
	`ends_at` datetime(3) NOT NULL,
	`made_on` date NOT NULL,
	`made` int NOT NULL,
	`confirmed_at` datetime(3),
	`guardian_hash` varchar(64) NOT NULL,
	`phone_sealed` varchar(200) NOT NULL,
	`phone_masked` varchar(20) NOT NULL,
	`version` int NOT NULL,
	CONSTRAINT `guardian_requests_id` PRIMARY KEY(`id`),
	CONSTRAINT `guardian_requests_child` UNIQUE(`child_hash`),
	CONSTRAINT `guardian_requests_code` UNIQUE(`code_hash`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `guardians` (
	`member_id` bigint NOT NULL,
	`phone_sealed` varchar(200) NOT NULL,
	`phone_masked` varchar(20) NOT NULL,
	`version` int NOT NULL,
	`confirmed_at` datetime(3) NOT NULL,
	`withdrawn_at` datetime(3),
	CONSTRAINT `guardians_member_id` PRIMARY KEY(`member_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE INDEX `guardian_requests_ends` ON `guardian_requests` (`ends_at`);