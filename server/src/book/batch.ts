import type { Policy } from '@pointbook/shared/contract/points/policy'
import { type Day, dayOf, type Instant, minuteOf } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import type { PoolConnection, RowDataPacket } from 'mysql2/promise'
import { type BatchRows, type MoveRows, newBatchRows } from './batch-rows.ts'
import { log } from './changes.ts'
import type { DecisionContext, Move, Touch } from './move.ts'
import { readOutcomes, storedOutcome } from './outcome.ts'
import {
  type BookTable,
  decodeRow,
  insertRows,
  keyText,
  literal,
  type Row,
  selectByKey,
  selectRange,
  tuple,
} from './table.ts'
import { messages, moves } from './tables.ts'
export interface QueuedMove {
  // biome-ignore lint/suspicious/noExplicitAny: a batch holds moves of every kind; each was typed where it was made.
  move: Move<any, any>
  input: unknown
  memberId: number
  key: string
  inputHash: Buffer
  /** The instant it happens at, when that is not now. */
  at: Instant | undefined
  /** The time at which it was queued, by the process's own clock. */
  sinceMs: number
  /** The rows it locks, once they are known. */
  rows?: readonly string[] | null
  resolve(answer: { outcome: unknown; repeated: boolean; at: Instant }): void
  reject(error: unknown): void
}

export interface WriterState {
  sealSecret: string
  offsetMinutes: number
  now(): Instant
  /** The policy that was in force in the last batch. A published version never changes. */
  inForce: PolicyInForce | null
}

export interface PolicyInForce {
  version: number
  document: Policy
}

/** The rows that a queued move locks, as text; null before the first batch, when the policy in force is not known yet. */
export function lockedRows(state: WriterState, queuedMove: QueuedMove): readonly string[] | null {
  if (!state.inForce) return null
  const context = contextOf(state, state.inForce, queuedMove.at ?? state.now())
  return queuedMove.move
    .touches(queuedMove.input, context)
    .flatMap((touch) => ('key' in touch && touch.table.locked ? `${touch.table.name}/${keyText(touch.key)}` : []))
}

type Verdict = { outcome: unknown; repeated: boolean; at: Instant } | { error: unknown }

interface Committed {
  /** One for each move. */
  verdicts: Verdict[]
  /** Whether these moves added messages to the outbox. */
  hasMessages: boolean
}

const MOST_RESTARTS = 3

/**
 * Runs moves as one transaction. Throws, with nothing kept, when the database fails, and `server.busy` when the policy in force
 * changes each time that the batch begins. `restarts` counts how often it began again for that reason.
 */
export async function runBatch(
  connection: PoolConnection,
  state: WriterState,
  queuedMoves: readonly QueuedMove[],
  restarts = 0,
): Promise<Committed> {
  const now = state.now()
  const inForce = state.inForce ?? (await readInForce(connection, now))
  state.inForce = inForce
  const current = contextOf(state, inForce, now)
  const contexts = queuedMoves.map((queuedMove) =>
    queuedMove.at === undefined ? current : contextOf(state, inForce, queuedMove.at),
  )
  const touches = queuedMoves.map((queuedMove, index) => queuedMove.move.touches(queuedMove.input, contexts[index]!))
  const reads = readsFor(touches.flat(), true)
  const known = movesMade(queuedMoves)
  const [, ...answers] = await travel(connection, [
    'BEGIN',
    ...reads.map(({ sql }) => sql),
    known,
    inForceAt('version', now),
  ])
  const rows = loadRows(reads, answers)
  const [knownRows, versionRows] = answers.slice(reads.length) as [unknown[][], unknown[][]]
  if (versionRows[0]?.[0] !== inForce.version) {
    // Another policy has come into force since the last batch: which rows are touched may depend on it.
    await connection.query('ROLLBACK')
    state.inForce = null
    if (restarts === MOST_RESTARTS) throw new Refusal('server.busy')
    return runBatch(connection, state, queuedMoves, restarts + 1)
  }
  const earlier = await readEarlier(connection, knownRows)
  const verdicts = queuedMoves.map((queuedMove, index) =>
    decideOne(queuedMove, rows.forMove(touches[index]!), contexts[index]!, earlier),
  )
  sealAll(rows, state.sealSecret)
  await travel(connection, [...writesOf(rows), 'COMMIT'])
  return { verdicts, hasMessages: rows.written().some(({ table }) => table.name === messages.name) }
}

/** Decides one move on committed rows without locking or writing; throws its Refusal. */
export async function preview<Input, Outcome>(
  connection: PoolConnection,
  state: WriterState,
  move: Move<Input, Outcome>,
  input: Input,
): Promise<Outcome> {
  const now = state.now()
  const context = contextOf(state, await readInForce(connection, now), now)
  const touches = move.touches(input, context)
  const reads = readsFor(touches, false)
  const answers = await travel(
    connection,
    reads.map(({ sql }) => sql),
  )
  return move.decide(loadRows(reads, answers).forMove(touches).view, input, context).outcome
}

/** The outcome of a move that was made before, whatever its input was. */
export async function outcomeOf<Input, Outcome>(
  connection: PoolConnection,
  move: Move<Input, Outcome>,
  input: Input,
): Promise<Outcome | undefined> {
  const rows = await travel(connection, [movesMade([{ memberId: move.member(input), key: move.key(input) }])])
  const [before] = (await readEarlier(connection, rows[0] as unknown[][])).values()
  return before?.outcome as Outcome | undefined
}

const movesMade = (queuedMoves: readonly Pick<QueuedMove, 'memberId' | 'key'>[]): string => {
  const keys = queuedMoves.map(({ memberId, key }) => tuple([memberId, key])).join(',')
  return `SELECT member_id, move_key, input_hash, outcome, at FROM moves WHERE (member_id, move_key) IN (${keys})`
}

async function travel(connection: PoolConnection, statements: string[]): Promise<unknown[]> {
  const [answers] = await connection.query<RowDataPacket[][]>({ sql: statements.join(';\n'), rowsAsArray: true })
  return statements.length === 1 ? [answers] : answers
}

interface Read {
  table: BookTable
  sql: string
}

/** One read per table and kind, in the tables' fixed order and by ascending keys, so that batches cannot deadlock. */
function readsFor(touches: readonly Touch[], lock: boolean): Read[] {
  const byTable = new Map<
    string,
    { table: BookTable; keys: Map<string, readonly (string | number)[]>; ranges: Set<number> }
  >()
  for (const touch of touches) {
    const wanted = byTable.get(touch.table.name) ?? { table: touch.table, keys: new Map(), ranges: new Set() }
    byTable.set(touch.table.name, wanted)
    if ('key' in touch) wanted.keys.set(keyText(touch.key), touch.key)
    else wanted.ranges.add(touch.range)
  }
  return [...byTable.values()]
    .sort((a, b) => a.table.order - b.table.order)
    .flatMap(({ table, keys, ranges }) => [
      ...(keys.size ? [{ table, sql: selectByKey(table, [...keys.values()], lock) }] : []),
      ...(ranges.size ? [{ table, sql: selectRange(table, [...ranges]) }] : []),
    ])
}

function loadRows(reads: Read[], answers: unknown[]): BatchRows {
  const rows = newBatchRows()
  reads.forEach(({ table }, index) => {
    rows.load(
      table,
      (answers[index] as unknown[][]).map((values) => decodeRow(table, values)),
    )
  })
  return rows
}

const toDriver = (at: Instant) => `${at.slice(0, 10)} ${at.slice(11, 23)}`
const fromDriver = (at: string): Instant => `${at.slice(0, 10)}T${at.slice(11)}Z`

const inForceAt = (columns: string, now: Instant): string =>
  `SELECT ${columns} FROM policies WHERE effective_at <= ${literal(toDriver(now))} ORDER BY effective_at DESC, version DESC LIMIT 1`

async function readInForce(connection: PoolConnection, now: Instant): Promise<PolicyInForce> {
  const [rows] = await connection.query<RowDataPacket[]>(inForceAt('version, document', now))
  // The first policy is in force from 1970 on, because a machine with a stopped clock starts in 1970.
  if (!rows[0]) throw new Refusal('clock.wrong')
  return { version: rows[0].version, document: JSON.parse(rows[0].document) as Policy }
}

function contextOf(
  { offsetMinutes }: WriterState,
  { version, document }: PolicyInForce,
  now: Instant,
): DecisionContext {
  const dayAt = (at: Instant) => dayOf(at, offsetMinutes)
  const minute = minuteOf(now, offsetMinutes)
  return { now, today: dayAt(now), minute, policy: document, policyVersion: version, dayOf: dayAt }
}

type Earlier = Map<string, { inputHash: Buffer; outcome: unknown; at: Instant }>

async function readEarlier(connection: PoolConnection, rows: unknown[][]): Promise<Earlier> {
  const outcomes = await readOutcomes(
    connection,
    rows.map(([, , , outcome]) => outcome as string),
  )
  return new Map(
    rows.map(([memberId, key, inputHash, , at], index) => [
      `${memberId}/${key}`,
      { inputHash: inputHash as Buffer, outcome: outcomes[index], at: fromDriver(at as string) },
    ]),
  )
}

function decideOne(
  queuedMove: QueuedMove,
  { view, apply }: MoveRows,
  context: DecisionContext,
  earlier: Earlier,
): Verdict {
  const mark = `${queuedMove.memberId}/${queuedMove.key}`
  const before = earlier.get(mark)
  if (before) {
    const { outcome, at } = before
    if (before.inputHash.equals(queuedMove.inputHash)) return { outcome, repeated: true, at }
    return { error: reusedKey(queuedMove.move, outcome, context.dayOf(at)) }
  }
  try {
    const { changes, outcome } = queuedMove.move.decide(view, queuedMove.input, context)
    const { memberId, key, inputHash } = queuedMove
    const stored = storedOutcome(outcome, changes)
    const made = { memberId, key, name: queuedMove.move.name, inputHash, outcome: stored, at: context.now }
    apply([...changes, log(moves, made)])
    earlier.set(mark, { inputHash, outcome, at: context.now })
    return { outcome, repeated: false, at: context.now }
  } catch (error) {
    return { error }
  }
}

function reusedKey({ reused = 'move.key-reused' }: QueuedMove['move'], first: unknown, on: Day): Refusal {
  return typeof reused === 'function' ? reused(first, on) : new Refusal(reused)
}

function sealAll(rows: BatchRows, secret: string) {
  for (const { table } of rows.written()) if (table.append) table.seal?.(rows.of, secret)
}

const writesOf = (rows: BatchRows): string[] =>
  rows.written().flatMap(({ table, added, changed, appended }) => {
    const fresh: Row[] = [...added.values(), ...appended]
    return [
      ...(fresh.length ? [insertRows(table, fresh, false)] : []),
      ...(changed.size ? [insertRows(table, [...changed.values()], true)] : []),
    ]
  })
