-- Lets the server prove its backups, each in a database of its own, and lets an operator restore one beside the shop's database.
-- Runs at the first start of the database.
GRANT ALL ON `pointbook\_%`.* TO 'pointbook'@'%';
