import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Child } from './children.ts'
import { claim } from './claim.mjs'
import { type Account, prepareFolder, readAccount } from './database-folder.ts'
import { useDatabase } from './database-given.ts'
import type { Database } from './database-opened.ts'
import { startServer } from './database-process.ts'
import { type DatabaseProgram, requireDatabaseProgram } from './database-program.ts'
import { Trouble } from './step.mjs'

const restartsAllowed = 3
const restartsForgottenMs = 60_000

interface Opening {
  /** Data folder of the database. */
  folder: string
  /** Commits survive a crash of the machine; only throw-away databases go without. */
  durable: boolean
  note: (text: string) => void
  /** How to treat a folder of a running Pointbook: refuse it, or use its database. */
  held?: 'refuse' | 'use'
}

/** Starts a private database, repairing what a crash left. It is stopped with this command. */
export async function openDatabase({ folder, durable, note, held = 'refuse' }: Opening): Promise<Database> {
  const { holder } = await claim(folder)
  const account = readAccount(folder)
  if (holder && held === 'use' && account) return access(account, never())
  if (holder)
    throw new Trouble(`${folder} is in use by a running Pointbook (process ${holder}).`, {
      advice: 'Stop that one first, or set POINTBOOK_HOME, PORT and SANDBOX_PORT to run a second one beside it.',
    })

  const program = await requireDatabaseProgram(note)
  note(`${program.flavour} ${program.version}`)
  const prepared = await prepareFolder(folder, program)
  const child = await startServer(folder, program, prepared, durable)
  return access(prepared, keepRunning(child, folder, program, prepared, durable))
}

function access({ port, password, rootPassword }: Account, lost: Promise<Trouble>): Database {
  return {
    url: `mysql://pointbook:${password}@127.0.0.1:${port}/pointbook`,
    adminUrl: `mysql://root:${rootPassword}@127.0.0.1:${port}/`,
    lost,
  }
}

/** Starts the server again, on the same port, whenever it ends unasked: what was committed is recovered, and pools reconnect. */
async function keepRunning(
  child: Child,
  folder: string,
  program: DatabaseProgram,
  account: Account,
  durable: boolean,
): Promise<Trouble> {
  const { port } = account
  let restarts = 0
  for (let current = child; ; ) {
    const startedMs = performance.now()
    const how = await current.ended
    if (current.stopping) return never()
    restarts = performance.now() - startedMs > restartsForgottenMs ? 1 : restarts + 1
    if (restarts > restartsAllowed) return new Trouble(`The database ended again and again (${how}).`)
    console.error(`! The database ended unexpectedly (${how}). Starting it again …`)
    await sleep(100)
    try {
      current = await startServer(folder, program, account, durable)
    } catch (error) {
      return error as Trouble
    }
    if (account.port !== port) return new Trouble(`The database could not get its port ${port} back.`)
    console.error('! The database is back; nothing that was confirmed is lost.')
  }
}

function never(): Promise<Trouble> {
  return new Promise(() => {})
}

/** The database of the product: the one DATABASE_URL names, or a private one in the home folder. */
export function productDatabase(
  { databaseUrl, home }: { databaseUrl: string | undefined; home: string },
  note: (text: string) => void,
  held: 'refuse' | 'use',
): Promise<Database> {
  if (databaseUrl) return useDatabase(databaseUrl, note)
  return openDatabase({ folder: path.resolve(home, 'database'), durable: true, note, held })
}
