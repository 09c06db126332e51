CREATE TABLE `member_tags` (
	`member_id` bigint NOT NULL,
	`tag` varchar(20) NOT NULL,
	CONSTRAINT `member_tags_member_id_tag_pk` PRIMARY KEY(`member_id`,`tag`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
--> statement-breakpoint
ALTER TABLE `members` MODIFY COLUMN `tags` varchar(2200) NOT NULL;--> statement-breakpoint
CREATE INDEX `member_tags_tag` ON `member_tags` (`tag`,`member_id`);