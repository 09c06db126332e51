import path from 'node:path'
import { openVictim, type Victim } from './database.ts'
import { type BusyShop, openShop } from './shop.ts'
import { openWire, type Wire } from './wire.ts'

/** A shop under load whose parts may be broken: database, wire and server. */
export interface Stage extends BusyShop {
  folder: string
  database: Victim
  wire: Wire
  close(): Promise<void>
}

export async function openStage(folder: string, clients: number): Promise<Stage> {
  const database = await openVictim(path.join(folder, 'database'))
  const wire = await openWire(database.port)
  const reach = (databaseUrl: string) => {
    const wired = new URL(databaseUrl)
    wired.port = String(wire.port)
    return wired.href
  }
  const shop = await openShop({ folder, adminUrl: database.adminUrl, reach, clients })
  return {
    ...shop,
    folder,
    database,
    wire,
    close: async () => {
      await shop.server.stop()
      wire.close()
      await database.stop()
    },
  }
}
