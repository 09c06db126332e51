import { jumpClock } from './clock.ts'
import { killConnections } from './connections.ts'
import { cut } from './cut.ts'
import { fullDisk } from './disk.ts'
import type { Fault } from './fault.ts'
import { freeze } from './freeze.ts'
import { killDatabase } from './kill-database.ts'
import { killServer } from './kill-server.ts'
import { lockRows } from './lock.ts'

export const faults: Record<string, Fault> = {
  'kill-server': killServer,
  'kill-database': killDatabase,
  freeze,
  cut,
  disk: fullDisk,
  connections: killConnections,
  clock: jumpClock,
  lock: lockRows,
}
