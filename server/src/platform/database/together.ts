import { drizzle, type MySql2Database } from 'drizzle-orm/mysql2'
import { format, raw } from 'mysql2'
import type { Pool, RowDataPacket } from 'mysql2/promise'

type Answer = [rows: unknown, fields: never[]]

interface Asked {
  sql: string
  resolve(answer: Answer): void
  reject(error: unknown): void
}

// While these are under way, further reads are collected.
const PACKETS_AT_A_TIME = 2

/**
 * Quick reads. Those requested in one turn of the event loop are sent in one packet: sending a packet and waking the database
 * costs more than the reads. Slow reads do not belong here, because others wait behind them. `pool` accepts several statements at
 * once, so each read must be one statement, and no value can end a statement.
 */
export function readsTogether(pool: Pool): MySql2Database {
  let waiting: Asked[] = []
  let underWay = 0
  let called = false

  function call() {
    if (called || underWay >= PACKETS_AT_A_TIME) return
    called = true
    setImmediate(send)
  }

  async function send() {
    called = false
    const asked = waiting
    waiting = []
    underWay++
    try {
      await answerAll(asked)
    } catch (error) {
      await askAgain(asked, error as { fatal?: boolean })
    } finally {
      underWay--
      if (waiting.length > 0) call()
    }
  }

  /** Reads can be repeated safely: over another connection when theirs was lost, or one by one when one of them fails. */
  async function askAgain(asked: readonly Asked[], error: { fatal?: boolean }) {
    if (error.fatal) await answerAll(asked).catch((last) => rejectAll(asked, last))
    else if (asked.length === 1) rejectAll(asked, error)
    else await Promise.all(asked.map((one) => answerAll([one]).catch(one.reject)))
  }

  async function answerAll(asked: readonly Asked[]) {
    const sql = asked.map((one) => one.sql).join(';\n')
    const [answers] = await pool.query<RowDataPacket[][]>({ sql, rowsAsArray: true })
    for (const [index, { resolve }] of asked.entries()) resolve([asked.length === 1 ? answers : answers[index], []])
  }

  // The only function of a client that drizzle uses for a prepared read. The pool already parses dates as drizzle does.
  const client = {
    query: ({ sql }: { sql: string }, values: unknown[]) =>
      new Promise<Answer>((resolve, reject) => {
        if (sql.includes(';')) throw new Error('a quick read is one statement')
        waiting.push({ sql: format(sql, values.map(closed) as never, true, 'Z'), resolve, reject })
        call()
      }),
  }
  return drizzle(client as never)
}

function rejectAll(asked: readonly Asked[], error: unknown) {
  for (const { reject } of asked) reject(error)
}

/**
 * A value as part of a statement. Texts are written in hexadecimal digits, which mean the same under every setting of the
 * database.
 */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed)
  if (typeof value !== 'string' || /^[\d T:.Z-]*$/.test(value)) return value
  return raw(`_utf8mb4 x'${Buffer.from(value).toString('hex')}'`)
}
