import type { Job } from './batch.ts'

const LARGEST_BATCH = 256
// Of moves behind others a batch takes fewer: whoever comes meanwhile waits for it.
const MOST_BEHIND = 96
const LONGEST_QUEUE = 10_000

export interface Queue {
  /** False when the line is full. */
  push(job: Job, behind: boolean): boolean
  /** The next batch: nothing in it locks a row that a batch under way has locked. Empty when there is nothing to do now. */
  take(): Batch
  /** Says that a batch has been settled. */
  release(batch: Batch): void
}

export interface Batch {
  jobs: Job[]
  /** The shop's own work, which must never occupy every connection. */
  withBehind: boolean
}

/**
 * Jobs waiting for their batch. Of two that lock the same row the earlier goes first, so a member's moves happen in the order they
 * were asked for; jobs that have nothing to do with each other may pass.
 */
export function openQueue(lockedRows: (job: Job) => readonly string[]): Queue {
  const people: Job[] = []
  const behind: Job[] = []
  const held = new Set<string>()
  let behindUnderWay = false

  /** Moves up to `most` jobs that are free to go from a line, in order. */
  function pick(line: Job[], most: number): Job[] {
    const picked: Job[] = []
    const left: Job[] = []
    const claimed = new Set<string>()
    let looked = 0
    while (looked < line.length && looked < LARGEST_BATCH && picked.length < most) {
      const job = line[looked++]!
      job.rows ??= lockedRows(job)
      if (job.rows.some((row) => held.has(row) || claimed.has(row))) {
        left.push(job)
        for (const row of job.rows) claimed.add(row)
      } else picked.push(job)
    }
    line.splice(0, looked, ...left)
    return picked
  }

  return {
    push: (job, goesBehind) => {
      const line = goesBehind ? behind : people
      if (line.length >= LONGEST_QUEUE) return false
      line.push(job)
      return true
    },
    take: () => {
      const first = pick(people, LARGEST_BATCH)
      const room = Math.min(MOST_BEHIND, LARGEST_BATCH - first.length)
      const then = behindUnderWay ? [] : pick(behind, room)
      const jobs = first.concat(then)
      for (const { rows } of jobs) for (const row of rows!) held.add(row)
      if (then.length > 0) behindUnderWay = true
      return { jobs, withBehind: then.length > 0 }
    },
    release: ({ jobs, withBehind }) => {
      for (const { rows } of jobs) for (const row of rows!) held.delete(row)
      if (withBehind) behindUnderWay = false
    },
  }
}
