import type { World } from './world.ts'

/** What shall go wrong, the next `times` times this path is asked (`*` is any path). */
export interface Fault {
  path: string
  times: number
  errcode?: number
  /** An HTTP status with a page that is no JSON. */
  status?: number
  delayMs?: number
  /** Cuts the connection: before the call is carried out, or after, so that only the answer is lost. */
  drop?: 'before' | 'after'
}

export function takeFault(world: World, path: string): Fault | undefined {
  const fault = world.faults.find((one) => one.path === path || one.path === '*')
  if (!fault) return undefined
  fault.times -= 1
  world.faults = world.faults.filter((one) => one.times > 0)
  return fault
}
