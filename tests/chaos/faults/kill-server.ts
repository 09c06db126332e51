import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from './fault.ts'

export const killServer: Fault = {
  title: 'kill -9 the server',
  async make({ server }, seconds) {
    const times = Math.ceil(seconds / 3)
    for (let time = 0; time < times; time++) {
      await sleep(300 + Math.random() * 1_500)
      await server.kill()
      await server.start()
    }
    return times
  },
}
