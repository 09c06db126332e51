import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Shop } from './works.ts'

export interface LoadOrder {
  /** Of the servers, among which the connections are divided. */
  ports: number[]
  work: string
  /** To the bare server, for the same rows. */
  bare: boolean
  connections: number
  seconds: number
  shop: Shop
  from: number
}

export interface Measured {
  perSecond: number
  p50Ms: number
  p99Ms: number
  done: number
  failed: number
  firstFailure: string
}

/** A process of its own that makes the load, so that it does not share the server's event loop. */
export function openLoad(): { run(order: LoadOrder): Promise<Measured>; close(): void } {
  const child: ChildProcess = fork(fileURLToPath(new URL('./load.ts', import.meta.url)))
  return {
    run: async (order) => {
      child.send(order)
      const [measured] = await once(child, 'message')
      return measured as Measured
    },
    close: () => child.kill(),
  }
}
