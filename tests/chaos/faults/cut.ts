import { setTimeout as sleep } from 'node:timers/promises'
import { type Fault, forSeconds } from './fault.ts'

const CUT_MS = 8_000

export const cut: Fault = {
  title: 'slow, tear and cut the wire',
  make: ({ wire }, seconds) =>
    forSeconds(seconds, async () => {
      wire.turn('slow')
      await sleep(3_000)
      wire.turn('open')
      for (let tears = 0; tears < 10; tears++) {
        wire.tear()
        await sleep(300)
      }
      wire.turn('cut')
      await sleep(CUT_MS)
      wire.turn('open')
      await sleep(3_000)
    }),
}
