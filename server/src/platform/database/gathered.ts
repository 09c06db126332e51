import { type SQL, sql } from 'drizzle-orm'
import type { MySqlColumn } from 'drizzle-orm/mysql-core'
import { databaseCode } from './failures.ts'
import type { Database } from './pool.ts'
import { prepared } from './prepared.ts'

type Reader = Pick<Database, 'select'>

interface Statement<Row> {
  execute(values: { keys: number[] }): Promise<Row[]>
}

interface Asked<Row> {
  key: number
  resolve(rows: Row[]): void
  reject(error: unknown): void
}

/** The driver writes a list of keys as `1, 2, 3`. */
export const oneOfKeys = (column: MySqlColumn): SQL => sql`${column} IN (${sql.placeholder('keys')})`

/**
 * A read by key that nearly every request needs. The keys requested in one turn of the event loop are read by one statement, so
 * that a busy server sends little more statements than an idle one. `prepare` compares with `oneOfKeys`.
 */
export function gathered<Row>(
  prepare: (db: Reader) => Statement<Row>,
  keyOf: (row: Row) => number,
): (db: Reader, key: number) => Promise<Row[]> {
  const statementOf = prepared(prepare)
  const waiting = new WeakMap<Reader, Asked<Row>[]>()

  async function read(db: Reader) {
    const asked = waiting.get(db)!
    waiting.delete(db)
    await answer(db, asked)
  }

  /** A row that cannot be read fails only the requests for it. */
  async function answer(db: Reader, asked: readonly Asked<Row>[]) {
    const keys = [...new Set(asked.map(({ key }) => key))]
    try {
      const rowsByKey = byKey(await statementOf(db).execute({ keys }), keyOf)
      for (const { key, resolve } of asked) resolve(rowsByKey.get(key) ?? [])
    } catch (error) {
      if (keys.length > 1 && !databaseCode(error))
        return void (await Promise.all(
          keys.map((one) =>
            answer(
              db,
              asked.filter(({ key }) => key === one),
            ),
          ),
        ))
      for (const { reject } of asked) reject(error)
    }
  }

  return (db, key) =>
    new Promise((resolve, reject) => {
      const others = waiting.get(db)
      if (others) return void others.push({ key, resolve, reject })
      waiting.set(db, [{ key, resolve, reject }])
      setImmediate(read, db)
    })
}

function byKey<Row>(rows: readonly Row[], keyOf: (row: Row) => number): Map<number, Row[]> {
  const rowsByKey = new Map<number, Row[]>()
  for (const row of rows) {
    const own = rowsByKey.get(keyOf(row))
    if (own) own.push(row)
    else rowsByKey.set(keyOf(row), [row])
  }
  return rowsByKey
}
