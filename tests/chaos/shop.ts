import { readEnv } from '@pointbook/config/env'
import mysql, { type RowDataPacket } from 'mysql2/promise'
import { freshDatabase } from '../bench/database.ts'
import { fillMembers, fillShop } from '../bench/fill.ts'
import type { Shop } from '../bench/works.ts'
import { freePort } from '../support/free-port.ts'
import { type Clients, openClients } from './clients.ts'
import { judge, type Verdict } from './judge.ts'
import { openServer, type Server } from './server.ts'

/** A shop under load: a server over a database that is filled, and clients. */
export interface BusyShop {
  server: Server
  /** The shop's database, reached directly and not through the wire. */
  databaseUrl: string
  shop: Shop
  clients: Clients
  /** Ends the load and judges by the database, or by another node of it. */
  verdict(url?: string): Promise<Verdict>
}

interface Place {
  folder: string
  /** Of the administrator of a database. */
  adminUrl: string
  /** The server's address of the shop's database. */
  reach(databaseUrl: string): string
  clients: number
}

const MEMBERS = 5_000
const SCARCE_STOCK = 300

export async function openShop({ folder, adminUrl, reach, clients: clientCount }: Place): Promise<BusyShop> {
  const { secrets } = readEnv({}, { mode: 'test' })
  const databaseUrl = await freshDatabase(adminUrl, 'pointbook_chaos')
  const firstMember = await fillMembers(databaseUrl, MEMBERS, secrets.sealSecret)
  const filled = await fillShop(databaseUrl, firstMember)
  const scarceItemId = filled.itemIds.pop()!
  const stockBefore = await prepareStock(databaseUrl, scarceItemId)
  await leaveAtOnce(databaseUrl)
  const shop = {
    ...filled,
    jwtSecret: secrets.jwtSecret,
    firstMember,
    members: MEMBERS,
    clerkId: firstMember,
    mark: Date.now().toString(36),
  }
  const server = await openServer({ port: await freePort(), databaseUrl: reach(databaseUrl), folder })
  const clients = openClients({ url: server.url, shop, scarceItemId, clients: clientCount })
  return {
    server,
    databaseUrl,
    shop,
    clients,
    verdict: async (url = databaseUrl) => {
      await clients.finish()
      const { sent, changed } = clients
      const verdict = await judge({ url, shop, sealSecret: secrets.sealSecret, stockBefore, sent })
      const crashes = server.crashes() > 0 ? [`the server ended ${server.crashes()} times by itself`] : []
      return { ...verdict, faults: [...verdict.faults, ...changed, ...crashes] }
    },
  }
}

/** Lets requests to leave take effect at the next run of the job, which every start of a server begins with. */
async function leaveAtOnce(url: string) {
  const connection = await mysql.createConnection({ uri: url })
  await connection.query(
    "INSERT INTO settings (name, value, saved_at, saved_by) VALUES ('shop', ?, UTC_TIMESTAMP(3), 'system')",
    [JSON.stringify({ leaveAfterDays: 0, rejoinAfterMonths: 0 })],
  )
  await connection.end()
}

/** Makes one item scarce, so that it sells out under the load. */
async function prepareStock(url: string, scarceItemId: number): Promise<Map<number, number>> {
  const connection = await mysql.createConnection({ uri: url })
  await connection.query('UPDATE mall_stock SET stock = ? WHERE item_id = ?', [SCARCE_STOCK, scarceItemId])
  const [rows] = await connection.query<RowDataPacket[]>('SELECT item_id AS itemId, stock FROM mall_stock')
  await connection.end()
  return new Map(rows.map(({ itemId, stock }) => [itemId, stock]))
}
