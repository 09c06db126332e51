import { randomBytes } from 'node:crypto'
import { openDatabase } from '@pointbook/server/platform/database/pool'
import { sql } from 'drizzle-orm'
import mysql, { type Connection } from 'mysql2/promise'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aDatabase } from '../../support/database.ts'

const ALLOWED = 3
const user = `pb_${randomBytes(4).toString('hex')}`

let database: Awaited<ReturnType<typeof aDatabase>>
let admin: Connection
let url: string

beforeAll(async () => {
  database = await aDatabase()
  admin = await mysql.createConnection({ uri: database.url })
  for (const host of ['%', 'localhost']) {
    await admin.query(`CREATE USER '${user}'@'${host}' IDENTIFIED BY 'a-password' WITH MAX_USER_CONNECTIONS ${ALLOWED}`)
    await admin.query(`GRANT SELECT ON ${new URL(database.url).pathname.slice(1)}.* TO '${user}'@'${host}'`)
  }
  url = Object.assign(new URL(database.url), { username: user, password: 'a-password' }).href
})
afterAll(async () => {
  await admin.query(`DROP USER '${user}'@'%', '${user}'@'localhost'`)
  await admin.end()
  await database.drop()
})

it('makes callers wait for existing connections when the database allows no further one (FD5)', async () => {
  const databases = openDatabase(url)
  const asked = Array.from({ length: 40 }, () => databases.db.execute(sql`SELECT SLEEP(0.02) AS slept`))
  expect((await Promise.allSettled(asked)).filter(({ status }) => status === 'rejected')).toEqual([])
  await databases.close()
})

it('opens further connections when the database allows them again (FD5)', async () => {
  const others = await Promise.all([mysql.createConnection({ uri: url }), mysql.createConnection({ uri: url })])
  const databases = openDatabase(url)
  const connectionsAfter = async () => {
    const asked = Array.from({ length: 9 }, () => databases.db.execute(sql`SELECT CONNECTION_ID() AS id, SLEEP(0.02)`))
    const rows = (await Promise.all(asked)).map(([found]) => (found as unknown as { id: number }[])[0]!.id)
    return new Set(rows).size
  }
  expect(await connectionsAfter()).toBe(1)
  await Promise.all(others.map((other) => other.end()))
  await expect.poll(connectionsAfter, { timeout: 10_000 }).toBe(ALLOWED)
  await databases.close()
})

it('refuses callers of a pool that has no connection (FD5)', async () => {
  const others = await Promise.all(Array.from({ length: ALLOWED }, () => mysql.createConnection({ uri: url })))
  const databases = openDatabase(url)
  await expect(databases.pool.query('SELECT 1')).rejects.toMatchObject({ errno: 1226 })
  await Promise.all([...others.map((other) => other.end()), databases.close()])
})
