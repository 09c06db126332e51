import { createHash } from 'node:crypto'
import type { BacktestResult, BacktestView } from '@pointbook/shared/contract/points/back-test'
import { Refusal } from '@pointbook/shared/refusals'
import { readSetting, saveSetting } from '../../../platform/settings.ts'
import type { Outside } from '../../../server.ts'
import { countAll, type Order, resultOf } from './replay.ts'
import { replayInThreads } from './threads.ts'

const SETTING = 'backtest-runs'
const KEPT = 5

interface Run {
  view: BacktestView
  stop(): Promise<void>
}

type Wanted = Pick<Order, 'policy' | 'from' | 'until'> & { requestId: string }

/** The same for the same request, in the form that the contract gives to ids of back-tests. */
const idOf = (requestId: string): string =>
  createHash('sha256')
    .update(requestId)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')

/** Back-tests, one at a time. The most recent results are kept. */
export function openBacktests({ db, env, clock, log, offsetMinutes }: Outside) {
  let running: Run | null = null
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

  /**
   * Starts the back-test of a request, unless the same request has already started it. `log` is called first and must succeed.
   * Throws `backtest.running` during another back-test.
   */
  async function start({ policy, from, until, requestId }: Wanted, log: () => Promise<unknown>): Promise<BacktestView> {
    const id = idOf(requestId)
    const started = (await list()).find((view) => view.id === id)
    if (started) return started
    if (running) throw new Refusal('backtest.running')
    const view: BacktestView = {
      id,
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
    const mine: Run = { view, stop: async () => {} }
    running = mine
    try {
      await log()
    } catch (error) {
      running = null
      throw error
    }
    void replay(mine, { policy, from, until, offsetMinutes })
    return view
  }

  async function replay(mine: Run, order: Order) {
    const { view } = mine
    try {
      view.all = await countAll(db, order)
      if (running !== mine) return
      const { found, stop } = replayInThreads(order, env.databaseUrl!, view.all, (more) => {
        view.done += more
      })
      mine.stop = stop
      const result = await resultOf(db, order, await found)
      if (running === mine) await end('done', result)
    } catch (error) {
      await mine.stop()
      failed(error)
      if (running === mine) await end('failed', null)
    }
  }

  async function list(): Promise<BacktestView[]> {
    await saving
    const now = running ? [running.view] : []
    return [...now, ...(await ended()).filter(({ id }) => id !== now[0]?.id)]
  }

  const failed = (error: unknown) => log.error({ err: error }, 'a back-test failed')

  return {
    start,
    list,
    /** Stops a running back-test; a finished one does not change. */
    async cancel(id: string): Promise<BacktestView | null> {
      const mine = running
      if (mine?.view.id !== id) return null
      // Ended first: threads that are only being counted for are then never begun.
      const cancelled = end('cancelled', null)
      await mine.stop()
      return cancelled
    },
    close: () => running?.stop(),
  }
}
