import { setTimeout as sleep } from 'node:timers/promises'
import { type Fault, forSeconds } from './fault.ts'

const FROZEN_MS = 10_000

export const freeze: Fault = {
  title: 'freeze the database for 10 s',
  make: ({ database }, seconds) =>
    forSeconds(seconds, async () => {
      await sleep(3_000)
      database.freeze()
      await sleep(FROZEN_MS)
      database.thaw()
      await sleep(2_000)
    }),
}
