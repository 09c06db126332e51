import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'
import type { LoadOrder, Measured } from './measure.ts'
import { works } from './works.ts'

// The load's own process: told what to do over the channel to its parent, it answers with what it measured.
process.on('message', async (order: LoadOrder) => process.send!(await run(order)))

async function run({ url, work, bare, connections, seconds, shop, from }: LoadOrder): Promise<Measured> {
  const pool = new Pool(url, { connections, pipelining: 1 })
  const next = (bare ? works[work]!.bare! : works[work]!.requests)(shop, from)
  const latenciesMs: number[] = []
  let failed = 0
  let firstFailure = ''
  const begun = performance.now()
  const end = begun + seconds * 1000

  async function worker() {
    while (performance.now() < end) {
      const request = next()
      if (!request) return
      const started = performance.now()
      const { statusCode, body } = await pool.request(request)
      const text = await body.text()
      latenciesMs.push(performance.now() - started)
      if (statusCode === 200) continue
      failed++
      firstFailure ||= `${statusCode} ${text.slice(0, 200)}`
      await sleep(1)
    }
  }

  await Promise.all(Array.from({ length: connections }, worker))
  const tookSeconds = (performance.now() - begun) / 1000
  await pool.close()
  latenciesMs.sort((a, b) => a - b)
  const at = (share: number) =>
    latenciesMs[Math.min(latenciesMs.length - 1, Math.floor(latenciesMs.length * share))] ?? 0
  const done = latenciesMs.length - failed
  return { perSecond: done / tookSeconds, p50Ms: at(0.5), p99Ms: at(0.99), done, failed, firstFailure }
}
