import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { migrate } from '@pointbook/server/platform/database/migrate'
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise'
import { aDatabase } from './database.ts'

// Keeps these statements out of the log of what the product sends.
const SET_UP = '/* set-up */ '

/**
 * A new database with all tables. They are copied from one that is migrated once per run, because migrating takes four times as
 * long.
 */
export async function aMigratedDatabase(): Promise<Awaited<ReturnType<typeof aDatabase>>> {
  const database = await aDatabase()
  const schema = await schemaOfRun()
  await connected(database.url, (connection) => connection.query(schema))
  return database
}

/** The statements that make the tables, stored in the run's folder by the first test file. */
async function schemaOfRun(): Promise<string> {
  const file = path.join(process.env.POINTBOOK_TEST_FOLDER!, 'schema.sql')
  if (existsSync(file)) return readFileSync(file, 'utf8')
  const template = await aDatabase()
  await migrate(template.url)
  const schema = await connected(template.url, readSchema)
  await template.drop()
  writeFileSync(`${file}.${process.pid}`, schema)
  renameSync(`${file}.${process.pid}`, file)
  return schema
}

async function readSchema(connection: Connection): Promise<string> {
  const read = async (sql: string) => (await connection.query<RowDataPacket[]>(SET_UP + sql))[0]
  const tables = (await read('SHOW TABLES')).map((row) => String(Object.values(row)[0]))
  const statements: string[] = []
  for (const table of tables) {
    const [definition] = await read(`SHOW CREATE TABLE \`${table}\``)
    statements.push(definition!['Create Table'])
    const rows = await read(`SELECT * FROM \`${table}\``)
    const values = rows.map((row) => Object.values(row))
    if (values.length > 0) statements.push(connection.format('INSERT INTO ?? VALUES ?', [table, values]))
  }
  return SET_UP + statements.join(';\n')
}

async function connected<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await mysql.createConnection({ uri: url, multipleStatements: true, dateStrings: true })
  try {
    return await work(connection)
  } finally {
    await connection.end()
  }
}
