import { createHash } from 'node:crypto'
import type { Instant } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import type { Pool, PoolConnection } from 'mysql2/promise'
import { codeForLog, isDuplicate, isUnavailable } from '../platform/database/failures.ts'
import { sparseLog } from '../platform/database/sparse-log.ts'
import { lockedRows, outcomeOf, preview, type QueuedMove, runBatch, type WriterState } from './batch.ts'
import type { Move } from './move.ts'
import { type Batch, openQueue } from './queue.ts'

export interface Book {
  /** Makes a move exactly once, in spite of retries and failures. Throws a Refusal when it is refused. */
  make<Input, Outcome>(move: Move<Input, Outcome>, input: NoInfer<Input>, options?: Options): Promise<Outcome>
  /** Like `make`, and says whether this call or an earlier one made the move. */
  submit<Input, Outcome>(move: Move<Input, Outcome>, input: NoInfer<Input>, options?: Options): Promise<Answer<Outcome>>
  /** The outcome the move would have now. Writes nothing. */
  preview<Input, Outcome>(move: Move<Input, Outcome>, input: NoInfer<Input>): Promise<Outcome>
  /** The outcome that the move with this key had; undefined when it was never made. */
  made<Input, Outcome>(move: Move<Input, Outcome>, input: Input): Promise<Outcome | undefined>
  /** Resolves when all moves under way have been answered; later ones are refused as busy. */
  close(): Promise<void>
}

interface Options {
  /** The instant it happens at, when that is not now. */
  at?: Instant
  /** For the shop's own work: people who wait go before it. */
  behind?: boolean
}

export interface Answer<Outcome> {
  outcome: Outcome
  repeated: boolean
  /** The time at which the move was made; in the past when this is a repetition. */
  at: Instant
}

export interface BookSettings extends Omit<WriterState, 'inForce'> {
  pool: Pool
  /** Uniform in [0, 1): spreads the tries after a failure. */
  chance(): number
  /** Called after a commit that left messages in the outbox. */
  messaged(): void
  /** Told of every batch that was committed. */
  measured?(batch: BatchMeasures): void
  log: { warn(facts: object, text: string): void }
}

/** What a batch took. */
interface BatchMeasures {
  /** The time that each of its moves waited. */
  waitsMs: number[]
  tookMs: number
}

// While one batch waits for the disk, the next is gathered, decided and written.
const SIDE_BY_SIDE = 2
const TRIES = 3
// After this time the client has given up. It is told to ask again, and if the move was made meanwhile it gets the stored answer.
const PATIENCE_MS = 10_000

export function openBook(settings: BookSettings): Book {
  const state: WriterState = { ...settings, inForce: null }
  const log = sparseLog(settings.log)
  const queue = openQueue((queuedMove) => lockedRows(state, queuedMove))
  const underWay = new Set<Promise<void>>()
  let called = false
  let closed = false

  function submit<Input, Outcome>(
    move: Move<Input, Outcome>,
    input: Input,
    options: Options = {},
  ): Promise<Answer<Outcome>> {
    return new Promise((resolve, reject) => {
      const queuedMove = queuedMoveOf(move, input, options.at, resolve as QueuedMove['resolve'], reject)
      if (closed || !queue.push(queuedMove, options.behind ?? false)) return reject(new Refusal('server.busy'))
      call()
    })
  }

  /** One turn of the event loop collects requests that arrived together into one batch; a single move does not wait for more. */
  function call() {
    if (called) return
    called = true
    setImmediate(() => {
      called = false
      start()
    })
  }

  function start() {
    while (underWay.size < SIDE_BY_SIDE) {
      const batch = queue.take()
      if (batch.queuedMoves.length === 0) return
      const work = run(batch).finally(() => {
        underWay.delete(work)
        start()
      })
      underWay.add(work)
    }
  }

  async function run(batch: Batch) {
    try {
      await settle(batch.queuedMoves)
    } finally {
      queue.release(batch)
    }
  }

  /** Answers every move. Repeats the batch after a transient failure, and finally runs move by move, so that one bad move fails alone. */
  async function settle(queuedMoves: QueuedMove[], tries = TRIES) {
    try {
      await attempt(queuedMoves, tries)
    } catch (error) {
      if (queuedMoves.length === 1)
        return queuedMoves[0]!.reject(isUnavailable(error) ? new Refusal('database.unavailable') : error)
      for (const queuedMove of queuedMoves) await settle([queuedMove], 1)
    }
  }

  async function attempt(queuedMoves: QueuedMove[], most: number) {
    for (let tries = 1; ; tries++) {
      if (queuedMoves.every(isOverdue)) throw new Refusal('database.unavailable')
      const begunMs = performance.now()
      try {
        const batch = (connection: PoolConnection) => runBatch(connection, state, queuedMoves)
        const { verdicts, hasMessages } = await onConnection(settings.pool, batch)
        verdicts.forEach((verdict, index) => {
          const queuedMove = queuedMoves[index]!
          if ('error' in verdict) queuedMove.reject(verdict.error)
          else queuedMove.resolve(verdict)
        })
        const waitsMs = queuedMoves.map(({ sinceMs }) => begunMs - sinceMs)
        settings.measured?.({ waitsMs, tookMs: performance.now() - begunMs })
        if (hasMessages) settings.messaged()
        return
      } catch (error) {
        log.warn({ code: codeForLog(error), moves: queuedMoves.length, tries }, 'a batch failed')
        if (tries === most || !mayPass(error)) throw error
        await new Promise((resolve) => setTimeout(resolve, 20 * tries * (1 + settings.chance())))
      }
    }
  }

  return {
    make: async (move, input, options) => (await submit(move, input, options)).outcome,
    submit,
    preview: (move, input) => onConnection(settings.pool, (connection) => preview(connection, state, move, input)),
    made: (move, input) => onConnection(settings.pool, (connection) => outcomeOf(connection, move, input)),
    close: async () => {
      closed = true
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}

function queuedMoveOf<Input, Outcome>(
  move: Move<Input, Outcome>,
  input: Input,
  at: Instant | undefined,
  resolve: QueuedMove['resolve'],
  reject: QueuedMove['reject'],
): QueuedMove {
  const same = JSON.stringify(move.same ? move.same(input) : input)
  const inputHash = createHash('sha256').update(`${move.name}\n${same}`).digest()
  return {
    move,
    input,
    memberId: move.member(input),
    key: move.key(input),
    inputHash,
    at,
    sinceMs: performance.now(),
    resolve,
    reject,
  }
}

/** A row another process was first to write (duplicate key), a deadlock, a lost connection: the batch may succeed when run again. */
const mayPass = (error: unknown): boolean => isUnavailable(error) || isDuplicate(error)

const isOverdue = ({ sinceMs }: QueuedMove): boolean => performance.now() - sinceMs > PATIENCE_MS

async function onConnection<T>(pool: Pool, work: (connection: PoolConnection) => Promise<T>): Promise<T> {
  const connection = await pool.getConnection()
  try {
    const result = await work(connection)
    connection.release()
    return result
  } catch (error) {
    // After a failure the connection's state is unknown: it must not carry locks or an open transaction into the next batch.
    if (error instanceof Refusal) connection.release()
    else connection.destroy()
    throw error
  }
}
