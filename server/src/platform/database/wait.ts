import { setTimeout as sleep } from 'node:timers/promises'
import { adviceOn } from '@pointbook/config/database-advice'
import { openConnection } from './connect.ts'
import { codeForLog, isReadOnly, isUnavailable } from './failures.ts'
import { routeTo } from './route.ts'
import { UnusableDatabase } from './unusable.ts'

const WITHIN_MS = 60_000
const CONNECT_MS = 5_000
const PAUSE_MS = 500

interface Waiting {
  log: { warn(facts: object, text: string): void }
  withinMs?: number
}

/**
 * Returns once the database answers and takes writes, because server and database may start together. Logs once that it waits.
 * Throws errors that waiting cannot solve, such as a wrong password, at once.
 */
export async function awaitDatabase(url: string, { log, withinMs = WITHIN_MS }: Waiting): Promise<void> {
  const { nodes, login } = routeTo(url)
  const host = nodes.map((node) => `${node.host}:${node.port}`).join(' and ')
  const deadline = performance.now() + withinMs
  for (let tries = 1; ; tries++) {
    const error = await failureOf(url)
    if (!error) return
    const code = codeForLog(error)
    if (!isUnavailable(error))
      throw new UnusableDatabase([`The database at ${host} refuses us (${code}): ${adviceOn(error, login)}.`])
    if (performance.now() > deadline)
      throw new UnusableDatabase([`The database at ${host} ${stateOf(error)} for ${withinMs / 1000} s (${code}).`])
    if (tries === 1) log.warn({ host, code, withinMs }, 'waiting for the database')
    await sleep(PAUSE_MS)
  }
}

const stateOf = (error: unknown) => (isReadOnly(error) ? 'has been read-only' : 'has not answered')

async function failureOf(url: string): Promise<unknown> {
  try {
    const connection = await openConnection(url, { connectTimeout: CONNECT_MS })
    await connection.end()
    return null
  } catch (error) {
    return error
  }
}
