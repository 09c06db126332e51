-- Member numbers have eight digits from the first member on.
ALTER TABLE `members` AUTO_INCREMENT = 10000001;
