import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { builtFlags } from '@pointbook/config/bootstrap/services'

const root = path.resolve(import.meta.dirname, '../..')

/** A process of Node beside the bench. */
export const startNode = (args: string[], settings: Record<string, string> = {}): ChildProcess =>
  spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'inherit', 'inherit'],
  })

/** The built server over a database, as it runs in a shop. */
export const startServer = (databaseUrl: string, port: number, flags: string[] = []): ChildProcess =>
  startNode([...builtFlags, ...flags, 'server/dist/main.js'], {
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    PORT: String(port),
  })

export async function untilReady(port: number, path = '/readyz'): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const answer = await fetch(`http://localhost:${port}${path}`).catch(() => null)
    if (answer?.ok) return
    await sleep(100)
  }
  throw new Error(`the server at ${port} did not start`)
}
