-- Lets the server prove its backups: each is restored into this database, audited and dropped. Runs at the first start of the database.
GRANT ALL ON `pointbook_proof`.* TO 'pointbook'@'%';
