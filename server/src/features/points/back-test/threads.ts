import { availableParallelism } from 'node:os'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { isDivisible } from '../../../core/back-test/back-test.ts'
import { type Backtest, joinBacktests } from '../../../core/back-test/result.ts'
import type { Order } from './replay.ts'
import type { Task } from './worker.ts'

const MOST_THREADS = 4
// Fewer purchases than this are replayed before a second thread has loaded its program.
const WORTH_A_THREAD = 50_000
// A chunk and everything read from it is garbage soon; a smaller young generation would promote it first.
const YOUNG_MB = 64

export interface Replaying {
  /** Never settles once stopped. */
  found: Promise<Backtest>
  stop(): Promise<void>
}

/**
 * Replays `purchases` in threads, each with its own group of members. `onProgress` gets the number of purchases done since its
 * last call.
 */
export function replayInThreads(
  order: Order,
  databaseUrl: string,
  purchases: number,
  onProgress: (more: number) => void,
): Replaying {
  const of = isDivisible(order.policy) ? threadsFor(purchases) : 1
  const workers = Array.from({ length: of }, (_, index) => openThread({ ...order, databaseUrl, part: { index, of } }))
  const parts = workers.map((worker) => resultOf(worker, onProgress))
  const stop = async () => void (await Promise.all(workers.map((worker) => worker.terminate())))
  const backtest = Promise.all(parts).then(joinBacktests)
  return { found: backtest, stop }
}

const threadsFor = (purchases: number): number =>
  Math.max(1, Math.min(MOST_THREADS, availableParallelism(), Math.floor(purchases / WORTH_A_THREAD)))

type Message = { done: number } | { found: Backtest }

const resultOf = (worker: Worker, onProgress: (more: number) => void): Promise<Backtest> =>
  new Promise((resolve, reject) => {
    worker.on('message', (message: Message) => ('found' in message ? resolve(message.found) : onProgress(message.done)))
    worker.on('error', reject)
  })

/** The thread's program is beside this file, both in the sources and in the built server. */
function openThread(workerData: Task): Worker {
  const worker = new URL(`./worker${path.extname(import.meta.url)}`, import.meta.url)
  return new Worker(worker, { workerData, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } })
}
