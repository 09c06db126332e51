import { randomUUID } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type { BacktestResult, BacktestView } from '@pointbook/shared/contract/admin/backtest'
import { Refusal } from '@pointbook/shared/refusals'
import type { House } from '../../outside.ts'
import { readSetting, saveSetting } from '../../platform/settings.ts'
import type { Order } from './replay.ts'
import type { Task } from './worker.ts'

const SETTING = 'backtest-runs'
const KEPT = 5
// A chunk of purchases with all that is read from it dies young; with less room it would be carried along first.
const YOUNG_MB = 64

// A thread of Node 20 does not begin with a TypeScript file, so it begins with this.
const fromSource = (worker: URL) => `import('tsx/esm/api').then(({ register }) => {
  register()
  return import('${worker}')
})`

/** The thread's program lies beside this one, in the source as in the built server. */
function openThread(workerData: Task): Worker {
  const built = !import.meta.url.endsWith('.ts')
  const worker = new URL(built ? './worker.js' : './worker.ts', import.meta.url)
  const options = { workerData, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } }
  return built ? new Worker(worker, options) : new Worker(fromSource(worker), { ...options, eval: true })
}

type Message = { done: number; all: number } | { result: BacktestResult }
type Wanted = Pick<Order, 'policy' | 'from' | 'until'>

/** Back-tests, one at a time. The last ones are kept. */
export function openBacktests({ db, env, clock, log, offsetMinutes }: House) {
  let running: { view: BacktestView; worker: Worker } | null = null
  let saving = Promise.resolve()

  async function ended(): Promise<BacktestView[]> {
    const kept = await readSetting<{ runs: BacktestView[] }>(db, SETTING)
    return kept?.value.runs ?? []
  }

  async function end(state: BacktestView['state'], result: BacktestResult | null): Promise<BacktestView | null> {
    if (!running) return null
    const view = { ...running.view, state, result, endedAt: clock.now() }
    running = null
    saving = keep(view).catch(failed)
    await saving
    return view
  }

  async function keep(view: BacktestView) {
    const runs = [view, ...(await ended())].slice(0, KEPT)
    await saveSetting(db, SETTING, { runs }, clock.now(), 'system')
  }

  /** Throws `backtest.running` while another one is under way. */
  async function start({ policy, from, until }: Wanted): Promise<BacktestView> {
    await saving
    if (running) throw new Refusal('backtest.running')
    const worker = openThread({ policy, from, until, offsetMinutes, databaseUrl: env.databaseUrl! })
    const view: BacktestView = {
      id: randomUUID(),
      state: 'running',
      policyName: policy.name,
      from,
      until,
      done: 0,
      all: 0,
      startedAt: clock.now(),
      endedAt: null,
      result: null,
    }
    const mine = { view, worker }
    running = mine
    worker.on('message', (message: Message) => {
      if (running !== mine) return
      if ('result' in message) void end('done', message.result)
      else Object.assign(view, message)
    })
    worker.on('error', (error) => {
      failed(error)
      if (running === mine) void end('failed', null)
    })
    return view
  }

  const failed = (error: unknown) => log.error({ err: error }, 'a back-test failed')

  return {
    start,
    async list(): Promise<BacktestView[]> {
      await saving
      const now = running ? [running.view] : []
      return [...now, ...(await ended()).filter(({ id }) => id !== now[0]?.id)]
    },
    /** One under way is ended; one that has ended stays as it is. */
    async cancel(id: string): Promise<BacktestView | null> {
      if (running?.view.id !== id) return null
      await running.worker.terminate()
      return end('cancelled', null)
    },
    close: () => running?.worker.terminate(),
  }
}
