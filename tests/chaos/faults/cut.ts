import { setTimeout as sleep } from 'node:timers/promises'
import type { Wire } from '../wire.ts'
import { type Fault, forSeconds } from './fault.ts'

const TEARS = 10
const TEAR_PAUSE_MS = 300

export const cut: Fault = {
  title: 'slow, tear and cut the wire',
  make: ({ wire }, seconds) =>
    forSeconds(seconds, async () => {
      await cutWire(wire, { slowMs: 3_000, cutMs: 8_000 })
      await sleep(3_000)
    }),
}

/** Delays traffic, then cuts connections within packets, then blocks all traffic. */
export async function cutWire(wire: Wire, { slowMs, cutMs }: { slowMs: number; cutMs: number }) {
  wire.turn('slow')
  await sleep(slowMs)
  wire.turn('open')
  for (let tears = 0; tears < TEARS; tears++) {
    wire.tear()
    await sleep(TEAR_PAUSE_MS)
  }
  wire.turn('cut')
  await sleep(cutMs)
  wire.turn('open')
}
