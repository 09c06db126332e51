import type { Policy } from '@pointbook/shared/contract/policy'
import { dayOf, type Instant } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { format, type SqlValue } from 'mysql2'
import type { PoolConnection, RowDataPacket } from 'mysql2/promise'
import type { Draw, Lot } from '../core/points.ts'
import type { Move, Setting, Touch } from './move.ts'
import { seal } from './seal.ts'
import { type BookTable, decodeRow, insertRows, keyText, type Row, selectByKey, selectRange } from './table.ts'
import { type AccountRow, accounts, draws, type EntryRow, entries, lots, moves } from './tables.ts'
import { newSheet, type Sheet } from './view.ts'

export interface Job {
  // biome-ignore lint/suspicious/noExplicitAny: a batch holds moves of every kind; each was typed where it was made.
  move: Move<any, any>
  input: unknown
  memberId: number
  key: string
  inputHash: Buffer
  touches: Touch[]
  /** The instant it happens at, when that is not now. */
  at: Instant | undefined
  resolve(answer: { outcome: unknown; repeated: boolean }): void
  reject(error: unknown): void
}

export interface Desk {
  sealSecret: string
  offsetMinutes: number
  now(): Instant
  /** Published policies by version; they never change. */
  policies: Map<number, Policy>
}

type Verdict = { outcome: unknown; repeated: boolean } | { error: unknown }

export interface Query {
  sql: string
  values: unknown[]
}

/** Runs jobs as one transaction and returns a verdict for each. Throws, with nothing kept, when the database fails. */
export async function runBatch(connection: PoolConnection, desk: Desk, jobs: readonly Job[]): Promise<Verdict[]> {
  const now = desk.now()
  const reads = readsFor(jobs, true)
  const known = {
    sql: 'SELECT member_id, move_key, input_hash, outcome FROM moves WHERE (member_id, move_key) IN (?)',
    values: [jobs.map((job) => [job.memberId, job.key])],
  }
  const [, ...answers] = await travel(connection, [
    { sql: 'BEGIN', values: [] },
    ...reads.map((read) => read.query),
    known,
    inForce(now),
  ])
  const sheet = loadSheet(reads, answers)
  const [knownRows, versionRows] = answers.slice(reads.length) as [unknown[][], unknown[][]]
  const setting = await settingOf(connection, desk, now, versionRows)
  const earlier = new Map(
    knownRows.map(([memberId, key, inputHash, outcome]) => [
      `${memberId}/${key}`,
      { inputHash: inputHash as Buffer, outcome: outcome as string },
    ]),
  )
  const verdicts = jobs.map((job) => decideOne(job, sheet, setting, desk, earlier))
  sealEntries(sheet, desk.sealSecret)
  await travel(connection, [...writesOf(sheet), { sql: 'COMMIT', values: [] }])
  return verdicts
}

/** Decides one job on committed rows without locking or writing; throws its Refusal. */
export async function preview(connection: PoolConnection, desk: Desk, job: Job): Promise<unknown> {
  const now = desk.now()
  const reads = readsFor([job], false)
  const answers = await travel(connection, [...reads.map((read) => read.query), inForce(now)])
  const setting = await settingOf(connection, desk, now, answers[reads.length] as unknown[][])
  return job.move.decide(loadSheet(reads, answers).viewFor(job.touches), job.input, at(setting, job.at, desk)).outcome
}

async function travel(connection: PoolConnection, queries: Query[]): Promise<unknown[]> {
  const sql = queries.map((query) => format(query.sql, query.values as SqlValue[])).join(';\n')
  const [answers] = await connection.query<RowDataPacket[][]>({ sql, rowsAsArray: true })
  return queries.length === 1 ? [answers] : answers
}

interface Read {
  table: BookTable
  query: Query
}

/** One read a table and kind, in the tables' fixed order and by ascending keys, so that batches cannot deadlock one another. */
function readsFor(jobs: readonly Job[], lock: boolean): Read[] {
  const byTable = new Map<
    string,
    { table: BookTable; keys: Map<string, readonly (string | number)[]>; ranges: Set<number> }
  >()
  for (const touch of jobs.flatMap((job) => job.touches)) {
    const wanted = byTable.get(touch.table.name) ?? { table: touch.table, keys: new Map(), ranges: new Set() }
    byTable.set(touch.table.name, wanted)
    if ('key' in touch) wanted.keys.set(keyText(touch.key), touch.key)
    else wanted.ranges.add(touch.range)
  }
  return [...byTable.values()]
    .sort((a, b) => a.table.order - b.table.order)
    .flatMap(({ table, keys, ranges }) => [
      ...(keys.size ? [{ table, query: selectByKey(table, [...keys.values()], lock) }] : []),
      ...(ranges.size ? [{ table, query: selectRange(table, [...ranges]) }] : []),
    ])
}

function loadSheet(reads: Read[], answers: unknown[]): Sheet {
  const sheet = newSheet()
  reads.forEach(({ table }, index) => {
    sheet.load(
      table,
      (answers[index] as unknown[][]).map((values) => decodeRow(table, values)),
    )
  })
  return sheet
}

const toDriver = (at: Instant) => `${at.slice(0, 10)} ${at.slice(11, 23)}`

const inForce = (now: Instant): Query => ({
  sql: 'SELECT version FROM policies WHERE effective_at <= ? ORDER BY effective_at DESC, version DESC LIMIT 1',
  values: [toDriver(now)],
})

async function settingOf(
  connection: PoolConnection,
  desk: Desk,
  now: Instant,
  versionRows: unknown[][],
): Promise<Setting> {
  const policyVersion = versionRows[0]?.[0] as number | undefined
  if (policyVersion === undefined) throw new Error('no policy is in force')
  let policy = desk.policies.get(policyVersion)
  if (!policy) {
    const [rows] = await connection.query<RowDataPacket[]>('SELECT document FROM policies WHERE version = ?', [
      policyVersion,
    ])
    policy = JSON.parse(rows[0]!.document) as Policy
    desk.policies.set(policyVersion, policy)
  }
  const dayAt = (instantAt: Instant) => dayOf(instantAt, desk.offsetMinutes)
  return { now, today: dayAt(now), policy, policyVersion, dayOf: dayAt }
}

const at = (setting: Setting, when: Instant | undefined, desk: Desk): Setting =>
  when === undefined ? setting : { ...setting, now: when, today: dayOf(when, desk.offsetMinutes) }

type Earlier = Map<string, { inputHash: Buffer; outcome: string }>

function decideOne(job: Job, sheet: Sheet, setting: Setting, desk: Desk, earlier: Earlier): Verdict {
  const mark = `${job.memberId}/${job.key}`
  const before = earlier.get(mark)
  if (before) {
    if (!before.inputHash.equals(job.inputHash)) return { error: new Refusal(job.move.reused ?? 'move.key-reused') }
    return { outcome: JSON.parse(before.outcome), repeated: true }
  }
  try {
    const { changes, outcome } = job.move.decide(sheet.viewFor(job.touches), job.input, at(setting, job.at, desk))
    const stored = JSON.stringify(outcome)
    sheet.apply(changes)
    const { memberId, key, inputHash } = job
    sheet.apply([
      {
        table: moves as unknown as BookTable,
        row: { memberId, key, name: job.move.name, inputHash, outcome: stored, at: setting.now },
      },
    ])
    earlier.set(mark, { inputHash, outcome: stored })
    return { outcome, repeated: false }
  } catch (error) {
    return { error }
  }
}

/** Seals each new entry onto its member's chain and leaves the last seal on the account. */
function sealEntries(sheet: Sheet, secret: string) {
  const written = new Map(sheet.written().map((held) => [held.table.name, held]))
  const added = (written.get(entries.name)?.appended ?? []) as unknown as EntryRow[]
  const drawn = new Map<string, Draw[]>()
  for (const draw of (written.get(draws.name)?.appended ?? []) as unknown as Draw[]) {
    const mark = `${draw.memberId}/${draw.entrySeq}`
    drawn.set(mark, [...(drawn.get(mark) ?? []), draw])
  }
  for (const entry of added) {
    const account = sheet.get(accounts as unknown as BookTable, [entry.memberId]) as unknown as AccountRow
    const opened = written.get(lots.name)?.added.get(keyText([entry.memberId, entry.seq])) as Lot | undefined
    entry.seal = seal(secret, account.seal, entry, opened, drawn.get(`${entry.memberId}/${entry.seq}`) ?? [])
    account.seal = entry.seal
  }
}

const writesOf = (sheet: Sheet): Query[] =>
  sheet.written().flatMap(({ table, added, changed, appended }) => {
    const fresh: Row[] = [...added.values(), ...appended]
    return [
      ...(fresh.length ? [insertRows(table, fresh, false)] : []),
      ...(changed.size ? [insertRows(table, [...changed.values()], true)] : []),
    ]
  })
