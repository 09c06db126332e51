CREATE TABLE `coupon_budgets` (
	`kind_id` bigint NOT NULL,
	`granted` int NOT NULL,
	`used` int NOT NULL,
	`ended` int NOT NULL,
	`voided` int NOT NULL,
	`reserved_fen` bigint NOT NULL,
	`settled_fen` bigint NOT NULL,
	`sales_fen` bigint NOT NULL,
	CONSTRAINT `coupon_budgets_kind_id` PRIMARY KEY(`kind_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `coupon_grants` (
	`id` bigint AUTO_INCREMENT NOT NULL,
	`kind_id` bigint NOT NULL,
	`pieces` int NOT NULL,
	`reason` varchar(100) NOT NULL,
	`made_at` datetime(3) NOT NULL,
	`made_by` varchar(60) NOT NULL,
	CONSTRAINT `coupon_grants_id` PRIMARY KEY(`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `coupon_holders` (
	`member_id` bigint NOT NULL,
	`granted` int NOT NULL,
	CONSTRAINT `coupon_holders_member_id` PRIMARY KEY(`member_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `coupon_kinds` (
	`id` bigint AUTO_INCREMENT NOT NULL,
	`name` varchar(30) NOT NULL,
	`description` varchar(1000) NOT NULL,
	`version` int NOT NULL,
	`terms` mediumtext NOT NULL,
	`after_return` varchar(4) NOT NULL,
	`pieces` int,
	`money_fen` bigint,
	`limit_pieces` int,
	`limit_per` varchar(5) NOT NULL,
	`stopped` boolean NOT NULL,
	`made_at` datetime(3) NOT NULL,
	CONSTRAINT `coupon_kinds_id` PRIMARY KEY(`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `coupon_terms` (
	`kind_id` bigint NOT NULL,
	`version` int NOT NULL,
	`name` varchar(30) NOT NULL,
	`terms` mediumtext NOT NULL,
	`after_return` varchar(4) NOT NULL,
	CONSTRAINT `coupon_terms_kind_id_version_pk` PRIMARY KEY(`kind_id`,`version`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `coupons` (
	`member_id` bigint NOT NULL,
	`seq` int NOT NULL,
	`kind_id` bigint NOT NULL,
	`version` int NOT NULL,
	`state` varchar(8) NOT NULL,
	`valid_from` date NOT NULL,
	`valid_until` date NOT NULL,
	`reserved_fen` int NOT NULL,
	`source` varchar(12) NOT NULL,
	`ref` varchar(64) NOT NULL,
	`granted_at` datetime(3) NOT NULL,
	`ended_at` datetime(3),
	`ended_by` varchar(60) NOT NULL,
	`used_for` varchar(61) NOT NULL,
	`saved_fen` int NOT NULL,
	`reason` varchar(100) NOT NULL,
	CONSTRAINT `coupons_member_id_seq_pk` PRIMARY KEY(`member_id`,`seq`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `coupon_grantees` (
	`grant_id` bigint NOT NULL,
	`member_id` bigint NOT NULL,
	`state` varchar(10) NOT NULL,
	`reason` varchar(30) NOT NULL,
	CONSTRAINT `coupon_grantees_grant_id_member_id_pk` PRIMARY KEY(`grant_id`,`member_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE INDEX `coupons_kind` ON `coupons` (`kind_id`,`state`);--> statement-breakpoint
CREATE INDEX `coupons_until` ON `coupons` (`state`,`valid_until`);--> statement-breakpoint
CREATE INDEX `coupons_used_for` ON `coupons` (`used_for`);--> statement-breakpoint
CREATE INDEX `coupon_grantees_state` ON `coupon_grantees` (`grant_id`,`state`,`member_id`);