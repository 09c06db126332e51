import type { Stage } from '../stage.ts'

/** Something that goes wrong under the load. */
export interface Fault {
  title: string
  /** Makes a disk of its own for the stage's folder. */
  disk?(folder: string): Promise<Disk>
  /** Repeats the fault for about this many seconds. Returns how often. */
  make(stage: Stage, seconds: number): Promise<number>
}

/** A disk of its own, or why this machine cannot have one. */
export type Disk = { mounted: true; unmount(): Promise<void> } | { mounted: false; why: string }

/** Repeats until the time is over. Returns how often. */
export async function forSeconds(seconds: number, once: (times: number) => Promise<void>): Promise<number> {
  const end = performance.now() + seconds * 1000
  let times = 0
  while (performance.now() < end) await once(times++)
  return times
}
