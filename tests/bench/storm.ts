import { setTimeout as sleep } from 'node:timers/promises'
import { LOST, openWires, textOf, type Wire } from './wire.ts'
import { type Shop, works } from './works.ts'

export interface StormOrder {
  port: number
  connections: number
  seconds: number
  /** The wait of a refused till before its next attempt, ms. */
  pauseMs: number
  shop: Shop
  from: number
}

export interface Stormed {
  acceptedPerSecond: number
  refusedPerSecond: number
  acceptedP99Ms: number
  refusedP99Ms: number
  /** Requests made, whether accepted or not. */
  made: number
  failed: number
  firstFailure: string
}

// The clients arrive within moments, but not in the same millisecond.
const ARRIVE_WITHIN_MS = 1_000

// The storm's own process.
process.on('message', async (order: StormOrder) => process.send!(await storm(order)))

async function storm({ port, connections, seconds, pauseMs, shop, from }: StormOrder): Promise<Stormed> {
  const next = works.earn!.requests(shop, from)
  const acceptedMs: number[] = []
  const refusedMs: number[] = []
  let made = 0
  let failed = 0
  let firstFailure = ''
  let end = Number.POSITIVE_INFINITY

  const another = () => {
    made++
    return textOf(next()!)
  }

  async function client(wire: Wire) {
    await sleep(Math.random() * ARRIVE_WITHIN_MS)
    for (let request = another(); performance.now() < end; ) {
      const started = performance.now()
      const { status, body } = await wire.ask(request)
      const tookMs = performance.now() - started
      // A refused client sends the same purchase again, as a till does.
      if (status === 503) {
        refusedMs.push(tookMs)
        await sleep(pauseMs * (0.5 + Math.random()))
        continue
      }
      if (status === 200) acceptedMs.push(tookMs)
      else {
        failed++
        firstFailure ||= `${status} ${body.slice(0, 200)}`
      }
      if (status === LOST) return
      request = another()
    }
    wire.close()
  }

  const wires = await openWires(port, connections)
  const begun = performance.now()
  end = begun + seconds * 1000
  await Promise.all(wires.map(client))
  const tookSeconds = (performance.now() - begun) / 1000
  return {
    acceptedPerSecond: acceptedMs.length / tookSeconds,
    refusedPerSecond: refusedMs.length / tookSeconds,
    acceptedP99Ms: p99(acceptedMs),
    refusedP99Ms: p99(refusedMs),
    made,
    failed,
    firstFailure,
  }
}

const p99 = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? 0
