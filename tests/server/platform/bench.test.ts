import { databaseFor } from '@pointbook/config/bootstrap/bench'
import { expect, it } from 'vitest'
import { bareConnection, freshDatabase } from '../../bench/database.ts'
import { fresh } from '../../support/server.ts'

const databaseUrl = process.env.POINTBOOK_TEST_DATABASE_URL!

it('measures on the database that DATABASE_URL names, in databases of its own making (FD8)', async () => {
  const server = new URL(databaseUrl)
  server.pathname = '/mysql'
  const said: string[] = []
  const database = await databaseFor(server.href, '/nowhere', (text) => said.push(text))
  expect(database.adminUrl).toBe(server.href)
  expect(said).toEqual([expect.stringContaining(server.port)])
  const name = `pb_${fresh('bench').replaceAll('-', '_')}`
  const url = await freshDatabase(database.adminUrl, name)
  const connection = await bareConnection(url)
  const [rows] = await connection.query("SHOW TABLES LIKE 'points_accounts'")
  expect(rows).toHaveLength(1)
  await connection.query(`DROP DATABASE ${name}`)
  await connection.end()
})

it('sends its bare statements under the isolation level of the book (FD8)', async () => {
  const connection = await bareConnection(databaseUrl)
  const [rows] = await connection.query(
    "SHOW SESSION VARIABLES WHERE Variable_name IN ('tx_isolation', 'transaction_isolation')",
  )
  await connection.end()
  const levels = (rows as { Value: string }[]).map(({ Value }) => Value)
  expect(new Set(levels)).toEqual(new Set(['READ-COMMITTED']))
})
