import type { Database } from './pool.ts'

type Reader = Pick<Database, 'select'>

/**
 * A statement made once for a database instead of at every call: building its text costs more than asking it. For reads that
 * nearly every request needs.
 */
export function prepared<Statement>(prepare: (db: Reader) => Statement): (db: Reader) => Statement {
  const made = new WeakMap<Reader, Statement>()
  return (db) => {
    const found = made.get(db) ?? prepare(db)
    made.set(db, found)
    return found
  }
}
