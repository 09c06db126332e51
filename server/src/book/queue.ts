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
  /** Those of them that are the shop's own work, which must never occupy every connection. */
  own: Job[]
}

/**
 * Jobs waiting for their batch. Of two that lock the same row the earlier goes first, so a member's moves happen in the order they
 * were asked for; jobs that have nothing to do with each other may pass.
 */
export function openQueue(lockedRows: (job: Job) => readonly string[] | null): Queue {
  const people: Job[] = []
  const behind: Job[] = []
  const held = new Set<string>()
  const underWay = new Set<Batch>()

  /** Moves up to `most` jobs that are free to go from a line, in order. Those left behind claim their rows. */
  function pick(line: Job[], most: number, claimed: Set<string>): Job[] {
    const picked: Job[] = []
    const left: Job[] = []
    let looked = 0
    for (; looked < line.length && looked < LARGEST_BATCH && picked.length < most; looked++) {
      const job = line[looked]!
      job.rows ??= lockedRows(job)
      if (!job.rows && underWay.size > 0) break
      if (job.rows?.some((row) => held.has(row) || claimed.has(row))) {
        left.push(job)
        for (const row of job.rows) claimed.add(row)
      } else picked.push(job)
    }
    line.splice(0, looked, ...left)
    return picked
  }

  /** The next batch of those that may travel beside the ones under way. */
  function next(): Batch {
    const others = [...underWay]
    // Beside a batch of which nobody knows what it locks nothing travels.
    if (others.some(({ jobs }) => jobs.some(({ rows }) => !rows))) return { jobs: [], own: [] }
    const claimed = new Set<string>()
    const first = pick(people, LARGEST_BATCH, claimed)
    const room = Math.min(MOST_BEHIND, LARGEST_BATCH - first.length)
    const own = others.some((other) => other.own.length > 0) ? [] : pick(behind, room, claimed)
    return { jobs: first.concat(own), own }
  }

  return {
    push: (job, goesBehind) => {
      const line = goesBehind ? behind : people
      if (line.length >= LONGEST_QUEUE) return false
      line.push(job)
      return true
    },
    take: () => {
      const batch = next()
      if (batch.jobs.length > 0) underWay.add(batch)
      for (const row of rowsOf(batch)) held.add(row)
      return batch
    },
    release: (batch) => {
      underWay.delete(batch)
      for (const row of rowsOf(batch)) held.delete(row)
    },
  }
}

const rowsOf = ({ jobs }: Batch) => jobs.flatMap(({ rows }) => rows ?? [])
