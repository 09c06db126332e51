import path from 'node:path'
import { type Child, stop } from '@pointbook/config/bootstrap/children'
import { program, startService } from '@pointbook/config/bootstrap/services'

/** The product's server in a process of its own, which may be killed. */
export interface Server {
  url: string
  start(): Promise<void>
  kill(): Promise<void>
  stop(): Promise<void>
  /** How often it ended without being told to. */
  crashes(): number
}

interface Place {
  port: number
  databaseUrl: string
  folder: string
}

const READY_WITHIN_MS = 60_000

export async function openServer({ port, databaseUrl, folder }: Place): Promise<Server> {
  const url = `http://localhost:${port}`
  let child: Child
  let starts = 0
  let crashes = 0

  async function start() {
    starts++
    child = await startService({
      name: 'server',
      command: program('server/dist/main.js'),
      env: {
        ...process.env,
        NODE_ENV: 'test',
        DATABASE_URL: databaseUrl,
        PORT: String(port),
        POINTBOOK_HOME: path.join(folder, 'home'),
      },
      readyUrl: `${url}/readyz`,
      readyWithinMs: READY_WITHIN_MS,
      logFile: path.join(folder, 'logs', `server-${starts}.log`),
    })
    const started = child
    started.ended.then(() => {
      if (!started.stopping) crashes++
    })
  }

  await start()
  return {
    url,
    start,
    kill: async () => {
      child.stopping = true
      process.kill(child.pid, 'SIGKILL')
      await child.ended
    },
    stop: () => stop(child),
    crashes: () => crashes,
  }
}
