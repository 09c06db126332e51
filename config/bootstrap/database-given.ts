import { createConnection } from 'mysql2/promise'
import { type DatabaseAddress, type Node, readDatabaseAddress } from '../database-address.ts'
import { adviceOn } from '../database-advice.ts'
import type { Database } from './database-opened.ts'
import { Trouble } from './step.mjs'

/** Looks for the operator's database on the first node that answers, and creates it there when it is missing. */
export async function useDatabase(url: string, note: (text: string) => void): Promise<Database> {
  const address = readDatabaseAddress(url)
  const failures: string[] = []
  for (const node of address.nodes)
    try {
      note(`${await versionAt(node, address)} at ${node.host}:${node.port}`)
      return { url, adminUrl: url, lost: new Promise(() => {}) }
    } catch (error) {
      const { code, message } = error as { code?: string; message: string }
      failures.push(`${node.host}:${node.port}: ${code ?? message}; ${adviceOn(error, address)}`)
    }
  throw new Trouble('The database of DATABASE_URL cannot be used.', { advice: failures.join('\n') })
}

/**
 * The version of a database, which is created when it is missing. A user of an existing database does not need the right to
 * create one.
 */
async function versionAt(node: Node, { nodes: _, database, ...login }: DatabaseAddress): Promise<string> {
  const connection = await createConnection({ ...login, ...node, database }).catch(async (error) => {
    if (error.code !== 'ER_BAD_DB_ERROR') throw error
    const server = await createConnection({ ...login, ...node })
    await server.query('CREATE DATABASE IF NOT EXISTS ?? CHARACTER SET utf8mb4 COLLATE utf8mb4_bin', [database])
    await server.changeUser({ database })
    return server
  })
  const [rows] = await connection.query('SELECT VERSION() AS version')
  await connection.end()
  return (rows as { version: string }[])[0]!.version
}
