import { setTimeout as sleep } from 'node:timers/promises'
import mysql from 'mysql2/promise'
import { databaseCode, isUnavailable } from './pool.ts'
import { routeTo } from './route.ts'

const WITHIN_MS = 60_000
const CONNECT_MS = 5_000
const PAUSE_MS = 500

interface Waiting {
  log: { warn(facts: object, text: string): void }
  withinMs?: number
}

/**
 * Returns once the database answers: a shop's server and its database may start together. Says once that it waits. What waiting
 * cannot mend, such as a wrong password, is thrown at once.
 */
export async function awaitDatabase(url: string, { log, withinMs = WITHIN_MS }: Waiting): Promise<void> {
  const { host } = new URL(url)
  const deadline = performance.now() + withinMs
  for (let tries = 1; ; tries++) {
    const error = await failureOf(url)
    if (!error) return
    const code = databaseCode(error)
    if (!isUnavailable(error))
      throw new Error(`the database at ${host} refuses us (${code ?? 'unknown'}): see DATABASE_URL`)
    if (performance.now() > deadline)
      throw new Error(`the database at ${host} did not answer in ${withinMs / 1000} s (${code})`)
    if (tries === 1) log.warn({ host, code, withinMs }, 'waiting for the database')
    await sleep(PAUSE_MS)
  }
}

async function failureOf(url: string): Promise<unknown> {
  try {
    const connection = await mysql.createConnection({ ...routeTo(url), connectTimeout: CONNECT_MS })
    await connection.end()
    return null
  } catch (error) {
    return error
  }
}
