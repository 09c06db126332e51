import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Trouble } from './step.mjs'

const leaveWithinMs = 5_000

/** Refuses a port that another program holds, naming the setting that moves it. */
export async function requireFreePort(port: number, setting: string, command = 'npm start') {
  // Processes of a killed start are being stopped and may need a moment.
  for (let waitedMs = 0; waitedMs <= leaveWithinMs; waitedMs += 250) {
    if (await isFree(port)) return
    await sleep(250)
  }
  throw new Trouble(`Port ${port} is in use by another program.`, {
    advice: `Stop that program, or choose another port by ${setting}, for example: ${setting}=${port + 1} ${command}`,
  })
}

async function isFree(port: number) {
  return (await canListen(port)) && (await canListen(port, '127.0.0.1'))
}

function canListen(port: number, host?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().on('error', () => resolve(false))
    server.listen(port, host, () => server.close(() => resolve(true)))
  })
}
