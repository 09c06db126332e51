import { setImmediate } from 'node:timers/promises'
import type { Api } from '@pointbook/shared/contract/index'
import { type Instant, instant } from '@pointbook/shared/day'
import { worthFen } from '@pointbook/shared/worth'
import type { Pool } from 'mysql2/promise'
import { addFlow } from '../core/assets/flows.ts'
import { auditMember } from './audit-member.ts'
import { type Notes, newNotes } from './audit-notes.ts'
import type { AuditPart } from './audit-part.ts'
import { inSnapshot, isLastRange, type Range, readRange } from './audit-read.ts'
import { carriedTo, checkPurchaseTotals, type PointsBook } from './audit-totals.ts'
import { points } from './tables.ts'

export type AuditReport = Api['POST /admin/ledger-audit']['reply']['report']

interface Options {
  /** The checks of the features, in the order in which they are listed. */
  parts: readonly AuditPart[]
  sealSecret: string
  /** The worth of a point under the policy in force. */
  pointsPerYuan: number
  /** Business time of the report; the machine's when left out. */
  at?: Instant
  /** The size of one read. It determines how long other requests wait and how much memory is used. */
  entriesAtOnce?: number
  onProgress?(done: { members: number; entries: number }): void
}

// Small, so that a server that audits while it serves does not block requests.
const BESIDE_WORK = 500
/** For a process that only audits: a twentieth of the round trips. */
export const BY_ITSELF = 10_000

/**
 * Audits the books in ranges of members, each read in its own snapshot: it uses little memory, and the shop stays open. Points:
 * `issued + adjusted = redeemed + expired + reversed + outstanding`, where `redeemed` is net of cancelled orders and `reversed`
 * is what returns took back, at the return or later as repaid debt. Money is rounded to the nearest fen.
 */
export async function auditLedger(pool: Pool, options: Options): Promise<AuditReport> {
  const startedMs = performance.now()
  const { entriesAtOnce = BESIDE_WORK } = options
  const notes = newNotes(options.parts)
  const parts = options.parts.map((part) => ({
    id: part.id,
    ...part.begin(notes.blameIn(part.id), options.sealSecret),
  }))
  const sums = { issued: 0, redeemed: 0, expired: 0, reversed: 0, adjusted: 0, outstanding: 0, debt: 0 }
  const done = { members: 0, entries: 0 }
  for (let after = 0, more = true; more; ) {
    const range = await inSnapshot(pool, async (connection) => {
      const rows = await readRange(connection, points, after, entriesAtOnce)
      for (const { id, range } of parts) if (range) notes.count(id, await range(connection, rows))
      return rows
    })
    for (const book of range.books) {
      checkMember(book, options.sealSecret, notes)
      add(sums, book)
      done.members += 1
      done.entries += book.entries.length
    }
    options.onProgress?.(done)
    after = range.upTo
    more = !isLastRange(range)
    // Lets the server answer requests in between.
    await setImmediate()
  }
  for (const { id, end } of parts) if (end) notes.count(id, await end(pool))
  checkIdentity(sums, notes)
  const checks = notes.listed()
  return {
    at: options.at ?? instant(new Date()),
    tookMs: Math.round(performance.now() - startedMs),
    passed: checks.every(({ passed }) => passed),
    checks,
    totals: { ...sums, outstandingFen: worthFen(Math.max(0, sums.outstanding), options.pointsPerYuan) },
  }
}

function checkMember(book: Range['books'][number], sealSecret: string, { blame, count }: Notes) {
  auditMember(book, { sealSecret, sealedAs: points.sealedAs, carried: carriedTo(book) }, blame)
  checkPurchaseTotals(book, blame)
  for (const check of ['balances', 'debts', 'lifetimes'] as const) count(check, 1)
  for (const check of ['chain', 'draws', 'seals'] as const) count(check, book.entries.length)
  count('lots', book.lots.length)
}

type Sums = Omit<AuditReport['totals'], 'outstandingFen'>

function add(sums: Sums, { account, entries }: PointsBook) {
  sums.outstanding += account?.balance ?? 0
  sums.debt += account?.debt ?? 0
  // Merges appear on both sides and are checked separately.
  for (const { kind, delta } of entries) if (kind !== 'merge') addFlow(sums, kind, delta)
}

function checkIdentity({ issued, adjusted, redeemed, expired, reversed, outstanding }: Sums, { blame, count }: Notes) {
  const came = issued + adjusted
  const went = redeemed + expired + reversed + outstanding
  count('identity', 1)
  if (came !== went) blame('identity', `发放与调整共 ${came} 分，去向与结余共 ${went} 分`)
}
