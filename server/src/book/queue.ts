import type { QueuedMove } from './batch.ts'

const LARGEST_BATCH = 256
// A batch takes fewer background moves, because moves of people that arrive meanwhile wait for it.
const MOST_BEHIND = 96
const LONGEST_QUEUE = 10_000

export interface Queue {
  /** False when the line is full. */
  push(queuedMove: QueuedMove, behind: boolean): boolean
  /** The next batch: it locks no row that a running batch has locked. Empty when no move can run now. */
  take(): Batch
  /** Says that a batch has been settled. */
  release(batch: Batch): void
}

export interface Batch {
  queuedMoves: QueuedMove[]
  /** Those of them that are the shop's own work, which must never occupy every connection. */
  own: QueuedMove[]
}

/**
 * Moves that wait for their batch. Of two that lock the same row the earlier one goes first, so a member's moves run in the order
 * in which they arrived; moves that share no row may overtake each other.
 */
export function openQueue(lockedRows: (queuedMove: QueuedMove) => readonly string[] | null): Queue {
  const people: QueuedMove[] = []
  const behind: QueuedMove[] = []
  const rowsUnderWay = new Set<string>()
  const underWay = new Set<Batch>()

  /** Removes up to `most` moves whose rows are free from a line, in order. The rows of those that stay are reserved for them. */
  function pick(line: QueuedMove[], most: number, claimed: Set<string>): QueuedMove[] {
    const picked: QueuedMove[] = []
    const left: QueuedMove[] = []
    let looked = 0
    for (; looked < line.length && looked < LARGEST_BATCH && picked.length < most; looked++) {
      const queuedMove = line[looked]!
      queuedMove.rows ??= lockedRows(queuedMove)
      if (!queuedMove.rows && underWay.size > 0) break
      if (queuedMove.rows?.some((row) => rowsUnderWay.has(row) || claimed.has(row))) {
        left.push(queuedMove)
        for (const row of queuedMove.rows) claimed.add(row)
      } else picked.push(queuedMove)
    }
    line.splice(0, looked, ...left)
    return picked
  }

  /** The next batch that may run beside the running ones. */
  function next(): Batch {
    const others = [...underWay]
    // Nothing runs beside a batch whose locked rows are unknown.
    if (others.some(({ queuedMoves }) => queuedMoves.some(({ rows }) => !rows))) return { queuedMoves: [], own: [] }
    const claimed = new Set<string>()
    const first = pick(people, LARGEST_BATCH, claimed)
    const room = Math.min(MOST_BEHIND, LARGEST_BATCH - first.length)
    const own = others.some((other) => other.own.length > 0) ? [] : pick(behind, room, claimed)
    return { queuedMoves: first.concat(own), own }
  }

  return {
    push: (queuedMove, goesBehind) => {
      const line = goesBehind ? behind : people
      if (line.length >= LONGEST_QUEUE) return false
      line.push(queuedMove)
      return true
    },
    take: () => {
      const batch = next()
      if (batch.queuedMoves.length > 0) underWay.add(batch)
      for (const row of rowsOf(batch)) rowsUnderWay.add(row)
      return batch
    },
    release: (batch) => {
      underWay.delete(batch)
      for (const row of rowsOf(batch)) rowsUnderWay.delete(row)
    },
  }
}

const rowsOf = ({ queuedMoves }: Batch) => queuedMoves.flatMap(({ rows }) => rows ?? [])
