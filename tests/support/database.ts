import { randomBytes } from 'node:crypto'
import mysql from 'mysql2/promise'

/** A new, empty database on the test server, and how to drop it. */
export async function aDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const adminUrl = process.env.POINTBOOK_TEST_DATABASE_URL
  if (!adminUrl) throw new Error('POINTBOOK_TEST_DATABASE_URL is not set: run the tests with npm test')
  const name = `pb_${randomBytes(6).toString('hex')}`
  await asAdmin(adminUrl, `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`)
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => asAdmin(adminUrl, `DROP DATABASE ${name}`) }
}

async function asAdmin(url: string, sql: string) {
  const connection = await mysql.createConnection({ uri: url })
  try {
    await connection.query(sql)
  } finally {
    await connection.end()
  }
}
