import { readFileSync } from 'node:fs'
import { migrate } from '@pointbook/server/platform/database/migrate'
import mysql from 'mysql2/promise'

/** An empty database of that name with all tables, on the server at `base`. Returns its address. */
export async function freshDatabase(base: string, name: string): Promise<string> {
  const connection = await mysql.createConnection({ uri: base })
  await connection.query(`DROP DATABASE IF EXISTS ${name}`)
  await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`)
  await connection.end()
  const url = new URL(base)
  url.pathname = `/${name}`
  await migrate(url.href)
  return url.href
}

/** A connection for bare statements, under the isolation level of the book: MariaDB 11.6 answers others with 1020 when they meet. */
export async function bareConnection(uri: string): Promise<mysql.Connection> {
  const connection = await mysql.createConnection({ uri, multipleStatements: true })
  await connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED')
  return connection
}

/** The number of the database's process; 0 where it runs on another machine. */
export async function databasePid(url: string): Promise<number> {
  const connection = await mysql.createConnection(url)
  const [[row]] = await connection.query<mysql.RowDataPacket[]>('SELECT @@pid_file AS file')
  await connection.end()
  try {
    return Number(readFileSync(row!.file, 'utf8'))
  } catch {
    return 0
  }
}
