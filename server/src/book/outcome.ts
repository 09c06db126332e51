import type { PoolConnection, RowDataPacket } from 'mysql2/promise'
import { rowsIn } from './batch-rows.ts'
import type { Change } from './move.ts'
import { tuple } from './table.ts'
import { entries } from './tables.ts'

// An outcome with the explanations of an entry is stored without them, because the entry has them and never changes.

interface Reference {
  memberId: number
  seq: number
}

type Explained = { why: unknown }

const isExplained = (outcome: unknown): outcome is Explained =>
  typeof outcome === 'object' && outcome !== null && 'why' in outcome

/** The text of an outcome, in which the number of the entry replaces its explanations. */
export function storedOutcome(outcome: unknown, changes: readonly Change[]): string {
  if (!isExplained(outcome)) return JSON.stringify(outcome)
  const { why } = outcome
  const entry = rowsIn(changes, entries).find((row) => row.why === why)
  if (!entry) return JSON.stringify(outcome)
  const reference: Reference = { memberId: entry.memberId, seq: entry.seq }
  return JSON.stringify({ ...outcome, why: reference })
}

/** The outcomes of such texts, in the same order. */
export async function readOutcomes(connection: PoolConnection, texts: readonly string[]): Promise<unknown[]> {
  const outcomes = texts.map((text) => JSON.parse(text) as unknown)
  const referring = outcomes.filter(isReferring)
  if (referring.length === 0) return outcomes
  const keys = referring.map(({ why }) => tuple([why.memberId, why.seq])).join(',')
  const sql = `SELECT member_id, seq, why FROM points_entries WHERE (member_id, seq) IN (${keys})`
  const [rows] = await connection.query<RowDataPacket[]>(sql)
  const whys = new Map(rows.map(({ member_id, seq, why }) => [`${member_id}/${seq}`, why as string]))
  for (const outcome of referring) outcome.why = JSON.parse(whys.get(`${outcome.why.memberId}/${outcome.why.seq}`)!)
  return outcomes
}

// Explanations themselves are an array, which has no such properties.
const isReferring = (outcome: unknown): outcome is { why: Reference } =>
  isExplained(outcome) && typeof outcome.why === 'object' && outcome.why !== null && 'seq' in outcome.why
