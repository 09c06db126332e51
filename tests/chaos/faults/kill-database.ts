import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from './fault.ts'

export const killDatabase: Fault = {
  title: 'kill -9 the database',
  async make({ database }, seconds) {
    const times = Math.ceil(seconds / 6)
    for (let time = 0; time < times; time++) {
      await sleep(1_500 + Math.random() * 3_000)
      await database.kill()
      await database.start()
    }
    return times
  },
}
