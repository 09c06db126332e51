import path from 'node:path'
import { readEnv } from '@pointbook/config/env'
import mysql, { type RowDataPacket } from 'mysql2/promise'
import { freshDatabase } from '../bench/database.ts'
import { fillMembers, fillShop } from '../bench/fill.ts'
import type { Shop } from '../bench/works.ts'
import { freePort } from '../support/free-port.ts'
import { type Clients, openClients } from './clients.ts'
import { openVictim, type Victim } from './database.ts'
import { judge, type Verdict } from './judge.ts'
import { openServer, type Server } from './server.ts'
import { openWire, type Wire } from './wire.ts'

/** A shop under load whose parts may be broken: database, wire and server. */
export interface Stage {
  folder: string
  database: Victim
  wire: Wire
  server: Server
  /** The shop's database without the wire between. */
  databaseUrl: string
  shop: Shop
  clients: Clients
  /** Ends the load and judges. */
  verdict(): Promise<Verdict>
  close(): Promise<void>
}

const MEMBERS = 5_000
const SCARCE_STOCK = 300

export async function openStage(folder: string, clientCount: number): Promise<Stage> {
  const { secrets } = readEnv({}, { mode: 'test' })
  const database = await openVictim(path.join(folder, 'database'))
  const databaseUrl = await freshDatabase(database.adminUrl, 'pointbook_chaos')
  const firstMember = await fillMembers(databaseUrl, MEMBERS, secrets.sealSecret)
  const filled = await fillShop(databaseUrl, firstMember)
  const scarceItemId = filled.itemIds.pop()!
  const stockBefore = await prepareStock(databaseUrl, scarceItemId)
  const shop = {
    ...filled,
    jwtSecret: secrets.jwtSecret,
    firstMember,
    members: MEMBERS,
    clerkId: firstMember,
    mark: Date.now().toString(36),
  }
  const wire = await openWire(database.port)
  const wired = new URL(databaseUrl)
  wired.port = String(wire.port)
  const server = await openServer({ port: await freePort(), databaseUrl: wired.href, folder })
  const clients = openClients({ url: server.url, shop, scarceItemId, clients: clientCount })
  return {
    folder,
    database,
    wire,
    server,
    databaseUrl,
    shop,
    clients,
    verdict: async () => {
      await clients.finish()
      const { sent, changed } = clients
      const verdict = await judge({ url: databaseUrl, shop, sealSecret: secrets.sealSecret, stockBefore, sent })
      const crashes = server.crashes() > 0 ? [`the server ended ${server.crashes()} times by itself`] : []
      return { ...verdict, faults: [...verdict.faults, ...changed, ...crashes] }
    },
    close: async () => {
      await server.stop()
      wire.close()
      await database.stop()
    },
  }
}

/** Makes one item scarce, so that it sells out under the load. */
async function prepareStock(url: string, scarceItemId: number): Promise<Map<number, number>> {
  const connection = await mysql.createConnection({ uri: url })
  await connection.query('UPDATE mall_stock SET stock = ? WHERE item_id = ?', [SCARCE_STOCK, scarceItemId])
  const [rows] = await connection.query<RowDataPacket[]>('SELECT item_id AS itemId, stock FROM mall_stock')
  await connection.end()
  return new Map(rows.map(({ itemId, stock }) => [itemId, stock]))
}
