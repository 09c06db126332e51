import type { MySql2Database } from 'drizzle-orm/mysql2'

type Reader = Pick<MySql2Database, 'select'>

const quick = new WeakMap<Reader, Reader>()

/** Sets the database through which prepared reads go. */
export const readQuickly = (db: Reader, way: Reader) => quick.set(db, way)

/**
 * A statement built once per database instead of at every call: building its text costs more than running it. For quick reads
 * that nearly every request needs.
 */
export function prepared<Statement>(prepare: (db: Reader) => Statement): (db: Reader) => Statement {
  const made = new WeakMap<Reader, Statement>()
  return (db) => {
    const statement = made.get(db) ?? prepare(quick.get(db) ?? db)
    made.set(db, statement)
    return statement
  }
}
