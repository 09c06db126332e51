import { mkdir } from 'node:fs/promises'
import { type Child, stop } from '@pointbook/config/bootstrap/children'
import { prepareFolder } from '@pointbook/config/bootstrap/database-folder'
import { startServer } from '@pointbook/config/bootstrap/database-process'
import { requireDatabaseProgram } from '@pointbook/config/bootstrap/database-program'

/** A database of our own that may be mistreated. */
export interface Victim {
  /** Of its administrator. */
  adminUrl: string
  port: number
  /** Ends it as a crash would. */
  kill(): Promise<void>
  /** Starts it again, on the same port, unless it runs. */
  start(): Promise<void>
  freeze(): void
  thaw(): void
  stop(): Promise<void>
}

export async function openVictim(folder: string): Promise<Victim> {
  await mkdir(folder, { recursive: true })
  const program = await requireDatabaseProgram(() => {})
  const account = await prepareFolder(folder, program)
  let child: Child | null = null
  const start = async () => {
    if (child?.process.exitCode === null && child.process.signalCode === null) return
    child = await startServer(folder, program, account, true)
  }
  await start()
  const { port } = account
  return {
    adminUrl: `mysql://root:${account.rootPassword}@127.0.0.1:${port}/`,
    port,
    start,
    kill: async () => {
      process.kill(child!.pid, 'SIGKILL')
      await child!.ended
    },
    freeze: () => process.kill(child!.pid, 'SIGSTOP'),
    thaw: () => process.kill(child!.pid, 'SIGCONT'),
    stop: () => stop(child!),
  }
}
