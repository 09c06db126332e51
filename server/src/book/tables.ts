import { MOST_POINTS } from '@pointbook/shared/contract/fields'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import type { Instant } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import type { Cause, EntryKind } from '@pointbook/shared/words'
import { index, int, mysqlTable, primaryKey, text, varchar } from 'drizzle-orm/mysql-core'
import type { Account, Bought, Draw, Entry, Lot, Posting, Redate, Why } from '../core/ledger/points.ts'
import { auditLog, type LogLine, logRow } from '../platform/database/audit-log-table.ts'
import { day, document, hash, id, instant, shortDocument } from '../platform/database/columns.ts'
import { outbox } from '../platform/database/outbox-table.ts'
import { add, log, put, range, row } from './changes.ts'
import type { Change, Touch } from './move.ts'
import { type AppendTable, appendTable, type BookTable, bookTable } from './table.ts'

export const pointsAccounts = mysqlTable('points_accounts', {
  memberId: id('member_id').primaryKey(),
  standing: varchar({ length: 10 }).$type<Account['standing']>().notNull(),
  balance: int().notNull(),
  debt: id('debt').notNull(),
  seq: int().notNull(),
  seal: hash().notNull(),
  // Lifetime totals pass what an account may hold at once.
  earned: id('earned').notNull(),
  spent: id('spent').notNull(),
  expired: id('expired').notNull(),
  purchases: int().notNull(),
  spendFen: id('spend_fen').notNull(),
  earnedByMonth: document<Record<string, number>>('earned_by_month').notNull(),
  boughtByMonth: shortDocument<Record<string, Bought>>('bought_by_month', 1600).notNull(),
  lastAt: instant('last_at'),
})

export const pointsEntries = mysqlTable(
  'points_entries',
  {
    memberId: id('member_id').notNull(),
    seq: int().notNull(),
    kind: varchar({ length: 10 }).$type<EntryKind>().notNull(),
    cause: varchar({ length: 20 }).$type<Cause>().notNull(),
    ref: varchar({ length: 100 }).notNull(),
    delta: int().notNull(),
    debtDelta: int('debt_delta').notNull(),
    balanceAfter: int('balance_after').notNull(),
    policyVersion: int('policy_version').notNull(),
    why: document<Why[]>('why').notNull(),
    actor: varchar({ length: 60 }).notNull(),
    at: instant('at').notNull(),
    seal: hash().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.memberId, table.seq] }),
    // Holds what the merchant's figures add up, so that a month of the whole shop is read without touching the rows.
    index('points_entries_at').on(table.at, table.kind, table.delta),
  ],
)

export const pointsLots = mysqlTable(
  'points_lots',
  {
    memberId: id('member_id').notNull(),
    seq: int().notNull(),
    points: int().notNull(),
    remaining: int().notNull(),
    expired: int().notNull(),
    usableOn: day('usable_on').notNull(),
    expiresOn: day('expires_on'),
    /** The last usable day while points are left: what is spent or has ended leaves the index. The book works it out as it writes. */
    dueOn: day('due_on'),
  },
  (table) => [
    primaryKey({ columns: [table.memberId, table.seq] }),
    index('points_lots_due').on(table.dueOn, table.memberId),
  ],
)

export const pointsDraws = mysqlTable(
  'points_draws',
  {
    memberId: id('member_id').notNull(),
    entrySeq: int('entry_seq').notNull(),
    lotSeq: int('lot_seq').notNull(),
    points: int().notNull(),
  },
  (table) => [primaryKey({ columns: [table.memberId, table.entrySeq, table.lotSeq] })],
)

/** How entries have moved the dates of lots: with these a lot's dates at any time are known, and its seal still fits. */
export const pointsRedates = mysqlTable(
  'points_redates',
  {
    memberId: id('member_id').notNull(),
    entrySeq: int('entry_seq').notNull(),
    lotSeq: int('lot_seq').notNull(),
    usableFrom: day('usable_from').notNull(),
    usableOn: day('usable_on').notNull(),
    expiresFrom: day('expires_from'),
    expiresOn: day('expires_on'),
  },
  (table) => [primaryKey({ columns: [table.memberId, table.entrySeq, table.lotSeq] })],
)

export const movesTable = mysqlTable(
  'moves',
  {
    memberId: id('member_id').notNull(),
    key: varchar('move_key', { length: 100 }).notNull(),
    name: varchar({ length: 40 }).notNull(),
    inputHash: hash('input_hash').notNull(),
    outcome: text().notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.memberId, table.key] })],
)

/** Published policies; a row never changes. */
export const policies = mysqlTable('policies', {
  version: int().primaryKey(),
  name: varchar({ length: 30 }).notNull(),
  note: varchar({ length: 200 }).notNull(),
  document: document<Policy>('document').notNull(),
  publishedAt: instant('published_at').notNull(),
  publishedBy: varchar('published_by', { length: 60 }).notNull(),
  effectiveAt: instant('effective_at').notNull(),
})

/** How much of a limit a member has used: an item's, a month's invitations. `scope` names it. */
export const quotasTable = mysqlTable(
  'quotas',
  {
    memberId: id('member_id').notNull(),
    scope: varchar({ length: 60 }).notNull(),
    used: int().notNull(),
  },
  (table) => [primaryKey({ columns: [table.memberId, table.scope] })],
)

export type AccountRow = Account & { seal: Buffer }
export type EntryRow = Entry & { seal: Buffer }

export const accounts: BookTable<AccountRow> = bookTable(pointsAccounts, { order: 10, key: ['memberId'] })
export const quotas = bookTable(quotasTable, { order: 70, key: ['memberId', 'scope'] })
export const entries: AppendTable<EntryRow> = appendTable(pointsEntries, {
  order: 90,
  key: ['memberId', 'seq'],
})
export const lots: BookTable<Lot> = bookTable(pointsLots, {
  order: 91,
  key: ['memberId', 'seq'],
  locked: false,
  rangeWhere: 'remaining > 0',
  derived: { dueOn: ({ remaining, expiresOn }) => (remaining > 0 ? expiresOn : null) },
})
export const draws: AppendTable<Draw> = appendTable(pointsDraws, {
  order: 92,
  key: ['memberId', 'entrySeq', 'lotSeq'],
})
export const redates: AppendTable<Redate> = appendTable(pointsRedates, {
  order: 95,
  key: ['memberId', 'entrySeq', 'lotSeq'],
})
export const moves = appendTable(movesTable, { order: 93, key: ['memberId', 'key'] })
export const messages = appendTable(outbox, { order: 94, key: [] })
const logLines = appendTable(auditLog, { order: 97, key: [] })

export const account = (memberId: number): Touch => row(accounts, memberId)

/** The member's lots that hold points, usable or not. */
export const openLots = (memberId: number): Touch => range(lots, memberId)

/** All counters of a member. They change under the lock of the member's account. */
export const quotasOf = (memberId: number): Touch => range(quotas, memberId)

/** The rows of a posting as changes. */
export function posted(posting: Posting): Change[] {
  requireBounds(posting)
  const opened = new Set(posting.entries.map(({ seq }) => seq))
  return [
    put(accounts, posting.account as AccountRow),
    ...posting.entries.map((entry) => log(entries, entry as EntryRow)),
    ...posting.lots.map((lot) => (opened.has(lot.seq) ? add(lots, lot) : put(lots, lot))),
    ...posting.draws.map((draw) => log(draws, draw)),
    ...posting.redates.map((redate) => log(redates, redate)),
  ]
}

/** What adds points must end within the contract's bounds; what takes some is never in the way. */
function requireBounds({ account, entries: made }: Posting) {
  const most = account.balance > MOST_POINTS ? 0 : MOST_POINTS
  if (made.some(({ delta }) => delta > most)) throw new Refusal('points.too-many', { most: MOST_POINTS })
}

/** A line of the merchant's audit log about this very move. */
export const logged = (at: Instant, line: LogLine): Change => log(logLines, { id: 0, ...logRow(at, line) })
