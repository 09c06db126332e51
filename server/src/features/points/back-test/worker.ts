import { parentPort, workerData } from 'node:worker_threads'
import { openDatabase } from '../../../platform/database/pool.ts'
import type { Part } from './others.ts'
import { type Order, replay } from './replay.ts'

/** The input of a thread: the request, the group of members, and the database. */
export interface Task extends Order {
  part: Part
  databaseUrl: string
}

// A thread of its own, with connections of its own: a till that waits must never wait for this.
const { databaseUrl, part, ...order } = workerData as Task
const databases = openDatabase(databaseUrl)
try {
  const backtest = await replay(databases.db, order, part, (done) => parentPort!.postMessage({ done }))
  parentPort!.postMessage({ found: backtest })
} finally {
  await databases.close()
}
