import { readEnv } from '@pointbook/config/env'
import { ensureAdmin } from '@pointbook/server/features/shop/accounts/log-in'
import { sealLines } from '@pointbook/server/features/shop/audit-log/seal-lines'
import { record } from '@pointbook/server/platform/audit-log'
import { inTransaction } from '@pointbook/server/platform/database/pool'
import { readyDatabase } from '@pointbook/server/platform/database/ready'
import { openOutside } from '@pointbook/server/server'
import mysql from 'mysql2/promise'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aDatabase } from '../../support/database.ts'

const log = pino({ level: 'silent' })

let database: Awaited<ReturnType<typeof aDatabase>>
let admin: mysql.Connection
const serving = { user: `serves_${process.pid}`, url: '' }

beforeAll(async () => {
  database = await aDatabase()
  admin = await mysql.createConnection(database.url)
  const url = new URL(database.url)
  const name = url.pathname.slice(1)
  for (const host of ['%', 'localhost']) {
    await admin.query(`CREATE USER '${serving.user}'@'${host}' IDENTIFIED BY 'only-this-shop'`)
    await admin.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${name}.* TO '${serving.user}'@'${host}'`)
  }
  url.username = serving.user
  url.password = 'only-this-shop'
  serving.url = url.href
})
afterAll(async () => {
  for (const host of ['%', 'localhost']) await admin.query(`DROP USER '${serving.user}'@'${host}'`)
  await admin.end()
  await database.drop()
})

it('serves as a user who may not change tables, when DATABASE_ADMIN_URL brings them up to date (FD6)', async () => {
  await expect(readyDatabase(serving.url, { log })).rejects.toThrow('the user lacks a right')
  const source = { DATABASE_URL: serving.url, DATABASE_ADMIN_URL: database.url }
  const env = readEnv(source, { mode: 'test' })
  await readyDatabase(env.databaseUrl!, { log, adminUrl: env.databaseAdminUrl })
  const outside = openOutside(env, { log })
  await ensureAdmin(outside)
  const line = { actor: 'system', action: 'settings.change', subject: 'settings', text: '' } as const
  await inTransaction(outside.db, (tx) => record(tx, outside.clock.now(), line))
  expect(await sealLines({ ...outside, book: null as never })).toBe(1)
  await expect(outside.databases.pool.query('DROP TABLE moves')).rejects.toThrow(/denied/)
  await outside.databases.close()
})
