const secrets = new WeakMap<object, string>()

/** Sets the secret that seals the audit log's lines written through a database. */
export const setLogSecret = (db: object, secret: string) => secrets.set(db, secret)

/** The transaction, which seals as its database does. */
export function passLogSecret<Tx extends object>(db: object, tx: Tx): Tx {
  const secret = secrets.get(db)
  if (secret) secrets.set(tx, secret)
  return tx
}

/** Throws for a transaction of a database that was opened without the secret. */
export function logSecretOf(tx: object): string {
  const secret = secrets.get(tx)
  if (!secret) throw new Error('this database was opened without the secret that seals the audit log')
  return secret
}
