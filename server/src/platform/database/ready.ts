import { lookAtServer } from './look-at-server.ts'
import { lookAtTables } from './look-at-tables.ts'
import { migrate } from './migrate.ts'
import { connections } from './pool.ts'
import { requireRestored } from './restore-marker.ts'
import { awaitDatabase } from './wait.ts'

interface Options {
  /** The same database for a user who may change tables, when the other may not. */
  adminUrl?: string | undefined
  log: { warn(facts: object | string, text?: string): void }
}

/** Waits for the database, looks at it and brings its tables up to date. Throws `UnusableDatabase` when a server must not start on it. */
export async function readyDatabase(url: string, { log, adminUrl = url }: Options): Promise<void> {
  await awaitDatabase(url, { log })
  await lookAtServer(url, { log, connections })
  await requireRestored(url)
  await migrate(adminUrl)
  await lookAtTables(url)
}
