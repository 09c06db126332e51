CREATE TABLE `moves` (
	`member_id` bigint NOT NULL,
	`move_key` varchar(100) NOT NULL,
	`name` varchar(40) NOT NULL,
	`input_hash` binary(32) NOT NULL,
	`outcome` text NOT NULL,
	`at` datetime(3) NOT NULL,
	CONSTRAINT `moves_member_id_move_key_pk` PRIMARY KEY(`member_id`,`move_key`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `points_accounts` (
	`member_id` bigint NOT NULL,
	`standing` varchar(10) NOT NULL,
	`balance` int NOT NULL,
	`debt` int NOT NULL,
	`seq` int NOT NULL,
	`seal` binary(32) NOT NULL,
	`earned` int NOT NULL,
	`spent` int NOT NULL,
	`expired` int NOT NULL,
	`purchases` int NOT NULL,
	`spend_fen` bigint NOT NULL,
	`earned_by_month` mediumtext NOT NULL,
	`last_at` datetime(3),
	CONSTRAINT `points_accounts_member_id` PRIMARY KEY(`member_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `points_draws` (
	`member_id` bigint NOT NULL,
	`entry_seq` int NOT NULL,
	`lot_seq` int NOT NULL,
	`points` int NOT NULL,
	CONSTRAINT `points_draws_member_id_entry_seq_lot_seq_pk` PRIMARY KEY(`member_id`,`entry_seq`,`lot_seq`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `points_entries` (
	`member_id` bigint NOT NULL,
	`seq` int NOT NULL,
	`kind` varchar(10) NOT NULL,
	`cause` varchar(20) NOT NULL,
	`ref` varchar(100) NOT NULL,
	`delta` int NOT NULL,
	`debt_delta` int NOT NULL,
	`balance_after` int NOT NULL,
	`policy_version` int NOT NULL,
	`why` mediumtext NOT NULL,
	`actor` varchar(60) NOT NULL,
	`at` datetime(3) NOT NULL,
	`seal` binary(32) NOT NULL,
	CONSTRAINT `points_entries_member_id_seq_pk` PRIMARY KEY(`member_id`,`seq`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `points_lots` (
	`member_id` bigint NOT NULL,
	`seq` int NOT NULL,
	`points` int NOT NULL,
	`remaining` int NOT NULL,
	`expired` int NOT NULL,
	`usable_on` date NOT NULL,
	`expires_on` date,
	CONSTRAINT `points_lots_member_id_seq_pk` PRIMARY KEY(`member_id`,`seq`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `policies` (
	`version` int NOT NULL,
	`name` varchar(30) NOT NULL,
	`note` varchar(200) NOT NULL,
	`document` mediumtext NOT NULL,
	`published_at` datetime(3) NOT NULL,
	`published_by` varchar(60) NOT NULL,
	`effective_at` datetime(3) NOT NULL,
	CONSTRAINT `policies_version` PRIMARY KEY(`version`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `quotas` (
	`member_id` bigint NOT NULL,
	`scope` varchar(60) NOT NULL,
	`used` int NOT NULL,
	CONSTRAINT `quotas_member_id_scope_pk` PRIMARY KEY(`member_id`,`scope`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `check_ins` (
	`member_id` bigint NOT NULL,
	`checked_in_on` date NOT NULL,
	`points` int NOT NULL,
	CONSTRAINT `check_ins_member_id_checked_in_on_pk` PRIMARY KEY(`member_id`,`checked_in_on`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `streaks` (
	`member_id` bigint NOT NULL,
	`days` int NOT NULL,
	`last_on` date NOT NULL,
	CONSTRAINT `streaks_member_id` PRIMARY KEY(`member_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `mall_items` (
	`id` bigint AUTO_INCREMENT NOT NULL,
	`name` varchar(40) NOT NULL,
	`category` varchar(20) NOT NULL,
	`picture_url` varchar(200) NOT NULL,
	`worth_fen` int NOT NULL,
	`description` varchar(1000) NOT NULL,
	`instructions` varchar(1000) NOT NULL,
	`position` int NOT NULL,
	`made_at` datetime(3) NOT NULL,
	CONSTRAINT `mall_items_id` PRIMARY KEY(`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `mall_stock` (
	`item_id` bigint NOT NULL,
	`points` int NOT NULL,
	`limit_per_member` int,
	`listed` boolean NOT NULL,
	`stock` int NOT NULL,
	`redeemed` int NOT NULL,
	CONSTRAINT `mall_stock_item_id` PRIMARY KEY(`item_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `orders` (
	`member_id` bigint NOT NULL,
	`entry_seq` int NOT NULL,
	`item_id` bigint NOT NULL,
	`quantity` int NOT NULL,
	`points` int NOT NULL,
	`state` varchar(12) NOT NULL,
	`store_id` bigint NOT NULL,
	`pickup_code` varchar(16) NOT NULL,
	`made_at` datetime(3) NOT NULL,
	`ended_at` datetime(3),
	`ended_by` varchar(60) NOT NULL,
	`reason` varchar(200) NOT NULL,
	CONSTRAINT `orders_member_id_entry_seq_pk` PRIMARY KEY(`member_id`,`entry_seq`),
	CONSTRAINT `orders_pickup_code` UNIQUE(`pickup_code`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `member_code_uses` (
	`member_id` bigint NOT NULL,
	`serial` bigint NOT NULL,
	`used_at` datetime(3) NOT NULL,
	`used_by` varchar(60) NOT NULL,
	CONSTRAINT `member_code_uses_member_id_serial_pk` PRIMARY KEY(`member_id`,`serial`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `members` (
	`id` bigint AUTO_INCREMENT NOT NULL,
	`openid` varchar(64) NOT NULL,
	`phone_hash` char(64) NOT NULL,
	`phone_sealed` varchar(200) NOT NULL,
	`phone_masked` varchar(20) NOT NULL,
	`phone_tail` char(4) NOT NULL,
	`nickname` varchar(20) NOT NULL,
	`avatar_url` varchar(200) NOT NULL,
	`sex` varchar(10) NOT NULL,
	`birthday` date,
	`address` varchar(120) NOT NULL,
	`invite_code` varchar(12) NOT NULL,
	`source` varchar(20) NOT NULL,
	`joined_at` datetime(3) NOT NULL,
	CONSTRAINT `members_id` PRIMARY KEY(`id`),
	CONSTRAINT `members_openid` UNIQUE(`openid`),
	CONSTRAINT `members_phone` UNIQUE(`phone_hash`),
	CONSTRAINT `members_invite_code` UNIQUE(`invite_code`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `credit_events` (
	`fact` varchar(120) NOT NULL,
	`at` datetime(3) NOT NULL,
	CONSTRAINT `credit_events_fact` PRIMARY KEY(`fact`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `inbox_messages` (
	`id` bigint AUTO_INCREMENT NOT NULL,
	`member_id` bigint NOT NULL,
	`fact` varchar(80) NOT NULL,
	`kind` varchar(20) NOT NULL,
	`title` varchar(40) NOT NULL,
	`body` varchar(300) NOT NULL,
	`page` varchar(120) NOT NULL,
	`at` datetime(3) NOT NULL,
	`is_read` boolean NOT NULL DEFAULT false,
	`pushed` varchar(12) NOT NULL DEFAULT '',
	CONSTRAINT `inbox_messages_id` PRIMARY KEY(`id`),
	CONSTRAINT `inbox_messages_fact` UNIQUE(`member_id`,`fact`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `message_credits` (
	`member_id` bigint NOT NULL,
	`template_id` varchar(64) NOT NULL,
	`credits` int NOT NULL,
	CONSTRAINT `message_credits_member_id_template_id_pk` PRIMARY KEY(`member_id`,`template_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `purchases` (
	`store_id` bigint NOT NULL,
	`receipt_no` varchar(40) NOT NULL,
	`member_id` bigint NOT NULL,
	`entry_seq` int NOT NULL,
	`amount_fen` int NOT NULL,
	`points` int NOT NULL,
	`lines` mediumtext NOT NULL,
	`returned_fen` int NOT NULL,
	`returned_points` int NOT NULL,
	`forfeited_points` int NOT NULL,
	`returns` int NOT NULL,
	`actor` varchar(60) NOT NULL,
	`at` datetime(3) NOT NULL,
	CONSTRAINT `purchases_store_id_receipt_no_pk` PRIMARY KEY(`store_id`,`receipt_no`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `purchase_returns` (
	`store_id` bigint NOT NULL,
	`receipt_no` varchar(40) NOT NULL,
	`return_no` int NOT NULL,
	`member_id` bigint NOT NULL,
	`entry_seq` int NOT NULL,
	`amount_fen` int NOT NULL,
	`points` int NOT NULL,
	`lines` mediumtext NOT NULL,
	`actor` varchar(60) NOT NULL,
	`at` datetime(3) NOT NULL,
	CONSTRAINT `purchase_returns_store_id_receipt_no_return_no_pk` PRIMARY KEY(`store_id`,`receipt_no`,`return_no`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `referrals` (
	`invitee_id` bigint NOT NULL,
	`inviter_id` bigint NOT NULL,
	`state` varchar(10) NOT NULL,
	`points` int NOT NULL,
	`entry_seq` int NOT NULL,
	`purchase_ref` varchar(100) NOT NULL,
	`made_at` datetime(3) NOT NULL,
	CONSTRAINT `referrals_invitee_id` PRIMARY KEY(`invitee_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `admins` (
	`login` varchar(40) NOT NULL,
	`name` varchar(20) NOT NULL,
	`password_hash` varchar(200) NOT NULL,
	`failures` int NOT NULL DEFAULT 0,
	`locked_until` datetime(3),
	CONSTRAINT `admins_login` PRIMARY KEY(`login`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `staff` (
	`member_id` bigint NOT NULL,
	`role` varchar(10) NOT NULL,
	`since` datetime(3) NOT NULL,
	CONSTRAINT `staff_member_id` PRIMARY KEY(`member_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `staff_stores` (
	`member_id` bigint NOT NULL,
	`store_id` bigint NOT NULL,
	CONSTRAINT `staff_stores_member_id_store_id_pk` PRIMARY KEY(`member_id`,`store_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `stores` (
	`id` bigint AUTO_INCREMENT NOT NULL,
	`name` varchar(30) NOT NULL,
	`address` varchar(100) NOT NULL,
	`hours` varchar(40) NOT NULL,
	`open` boolean NOT NULL,
	CONSTRAINT `stores_id` PRIMARY KEY(`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `audit_log` (
	`id` bigint AUTO_INCREMENT NOT NULL,
	`at` datetime(3) NOT NULL,
	`actor` varchar(60) NOT NULL,
	`action` varchar(40) NOT NULL,
	`subject` varchar(60) NOT NULL,
	`text` varchar(300) NOT NULL,
	`detail` text NOT NULL,
	CONSTRAINT `audit_log_id` PRIMARY KEY(`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` bigint AUTO_INCREMENT NOT NULL,
	`topic` varchar(40) NOT NULL,
	`payload` mediumtext NOT NULL,
	`due_at` datetime(3) NOT NULL,
	`attempts` int NOT NULL DEFAULT 0,
	`last_error` varchar(200) NOT NULL DEFAULT '',
	CONSTRAINT `outbox_id` PRIMARY KEY(`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `leases` (
	`name` varchar(40) NOT NULL,
	`holder` varchar(60) NOT NULL,
	`held_until` datetime(3) NOT NULL,
	`done` varchar(40) NOT NULL DEFAULT '',
	CONSTRAINT `leases_name` PRIMARY KEY(`name`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `admin_sessions` (
	`token_hash` char(64) NOT NULL,
	`login` varchar(40) NOT NULL,
	`ends_at` datetime(3) NOT NULL,
	CONSTRAINT `admin_sessions_token_hash` PRIMARY KEY(`token_hash`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `refresh_tokens` (
	`token_hash` char(64) NOT NULL,
	`family_id` char(32) NOT NULL,
	`member_id` bigint NOT NULL,
	`ends_at` datetime(3) NOT NULL,
	`used_at` datetime(3),
	CONSTRAINT `refresh_tokens_token_hash` PRIMARY KEY(`token_hash`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE TABLE `settings` (
	`name` varchar(40) NOT NULL,
	`value` mediumtext NOT NULL,
	`saved_at` datetime(3) NOT NULL,
	`saved_by` varchar(60) NOT NULL,
	CONSTRAINT `settings_name` PRIMARY KEY(`name`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
CREATE INDEX `points_entries_at` ON `points_entries` (`at`,`kind`,`delta`);--> statement-breakpoint
CREATE INDEX `points_lots_expires` ON `points_lots` (`expires_on`);--> statement-breakpoint
CREATE INDEX `orders_made_at` ON `orders` (`made_at`);--> statement-breakpoint
CREATE INDEX `orders_ended_at` ON `orders` (`ended_at`);--> statement-breakpoint
CREATE INDEX `members_phone_tail` ON `members` (`phone_tail`);--> statement-breakpoint
CREATE INDEX `members_nickname` ON `members` (`nickname`);--> statement-breakpoint
CREATE INDEX `members_joined_at` ON `members` (`joined_at`);--> statement-breakpoint
CREATE INDEX `inbox_messages_member` ON `inbox_messages` (`member_id`,`id`);--> statement-breakpoint
CREATE INDEX `purchases_at` ON `purchases` (`at`);--> statement-breakpoint
CREATE INDEX `purchase_returns_at` ON `purchase_returns` (`at`);--> statement-breakpoint
CREATE INDEX `referrals_inviter` ON `referrals` (`inviter_id`,`invitee_id`);--> statement-breakpoint
CREATE INDEX `audit_log_subject` ON `audit_log` (`subject`,`id`);--> statement-breakpoint
CREATE INDEX `audit_log_action` ON `audit_log` (`action`,`id`);--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`due_at`,`id`);--> statement-breakpoint
CREATE INDEX `refresh_tokens_family` ON `refresh_tokens` (`family_id`);--> statement-breakpoint
-- Member numbers have eight digits from the first member on.
ALTER TABLE `members` AUTO_INCREMENT = 10000001;
