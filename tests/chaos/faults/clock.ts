import { setTimeout as sleep } from 'node:timers/promises'
import { readEnv } from '@pointbook/config/env'
import mysql from 'mysql2/promise'
import type { Stage } from '../stage.ts'
import { type Fault, forSeconds } from './fault.ts'

export const jumpClock: Fault = {
  title: "jump the shop's clock",
  async make(stage, seconds) {
    let jumps = 0
    await forSeconds(seconds, async () => {
      await sleep(3_000)
      await forward(stage)
      await sleep(3_000)
      await back(stage)
      jumps += 2
    })
    return jumps
  },
}

/** Moves the clock as the panel of a demo does: a day, with its nightly jobs. */
async function forward({ server }: Stage) {
  const { adminLogin: login, adminPassword: password } = readEnv({}, { mode: 'test' })
  const post = (path: string, body: object, headers = {}) =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const session = await post('/admin/session', { login, password })
  const cookies = session.headers.getSetCookie().map((one) => one.split(';')[0]!)
  const { ok, status } = await post('/admin/clock', { days: 1 }, { cookie: cookies.join('; ') })
  if (!ok) throw new Error(`the clock did not move: ${status}`)
}

/** A server that restarts on a machine whose clock was corrected. */
async function back({ databaseUrl, server }: Stage) {
  await server.kill()
  const connection = await mysql.createConnection({ uri: databaseUrl })
  await connection.query("UPDATE settings SET value = '0' WHERE name = 'demo.ahead-ms'")
  await connection.end()
  await server.start()
}
