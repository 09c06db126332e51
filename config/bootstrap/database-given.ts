import { createConnection } from 'mysql2/promise'
import { type DatabaseAddress, type Node, readDatabaseAddress } from '../database-address.ts'
import { adviceOn } from '../database-advice.ts'
import type { Database } from './database-opened.ts'
import { Trouble } from './step.mjs'

/** Looks for a database that is not ours on the first of its nodes that answers; creates it there when it is missing. */
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

/** The version of a database, which is created if nobody has: who may use one need not have the right to create any. */
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
