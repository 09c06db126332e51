import { setTimeout as sleep } from 'node:timers/promises'
import type { LoadOrder, Measured } from './measure.ts'
import { openWires, textOf, type Wire } from './wire.ts'
import { works } from './works.ts'

// Requests are signed and serialised before the clock starts; further ones for a fast server are made on the way.
const AHEAD_PER_SECOND = 4_000

// The process of the load: it gets its task over the channel to its parent and answers with the measurements.
process.on('message', async (order: LoadOrder) => process.send!(await run(order)))

async function run({ ports, work, bare, connections, seconds, shop, from }: LoadOrder): Promise<Measured> {
  const requests = (bare ? works[work]!.bare! : works[work]!.requests)(shop, from)
  const another = () => {
    const request = requests()
    return request && textOf(request)
  }
  const ahead = Array.from({ length: seconds * AHEAD_PER_SECOND }, another)
  let sent = 0
  const next = () => (sent < ahead.length ? ahead[sent++]! : another())

  const latenciesMs: number[] = []
  let failed = 0
  let firstFailure = ''
  const share = (index: number) => Math.ceil((connections - index) / ports.length)
  const wires = (await Promise.all(ports.map((port, index) => openWires(port, share(index))))).flat()
  const begun = performance.now()
  const end = begun + seconds * 1000

  async function worker(wire: Wire) {
    while (performance.now() < end) {
      const request = next()
      if (!request) return
      const started = performance.now()
      const { status, body } = await wire.ask(request)
      latenciesMs.push(performance.now() - started)
      if (status === 200) continue
      failed++
      firstFailure ||= `${status} ${body.slice(0, 200)}`
      await sleep(1)
    }
  }

  await Promise.all(wires.map(worker))
  const tookSeconds = (performance.now() - begun) / 1000
  for (const wire of wires) wire.close()
  latenciesMs.sort((a, b) => a - b)
  const at = (share: number) =>
    latenciesMs[Math.min(latenciesMs.length - 1, Math.floor(latenciesMs.length * share))] ?? 0
  const done = latenciesMs.length - failed
  return { perSecond: done / tookSeconds, p50Ms: at(0.5), p99Ms: at(0.99), done, failed, firstFailure }
}
