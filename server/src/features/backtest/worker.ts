import { parentPort, workerData } from 'node:worker_threads'
import { openDatabase } from '../../platform/database/pool.ts'
import { type Order, replay } from './replay.ts'

/** What the thread is told: the order, and where the purchases are. */
export interface Task extends Order {
  databaseUrl: string
}

// A thread of its own, with connections of its own: a till that waits must never wait for this.
const { databaseUrl, ...order } = workerData as Task
const databases = openDatabase(databaseUrl)
try {
  const result = await replay(databases.db, order, (done, all) => parentPort!.postMessage({ done, all }))
  parentPort!.postMessage({ result })
} finally {
  await databases.close()
}
