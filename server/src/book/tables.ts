import type { Policy } from '@pointbook/shared/contract/points/policy'
import type { Instant } from '@pointbook/shared/day'
import { MOST_POINTS } from '@pointbook/shared/quantities'
import { isOfKind } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import type { Cause } from '@pointbook/shared/words'
import { int, mysqlTable, primaryKey, text, varchar } from 'drizzle-orm/mysql-core'
import type { Account, Bought, Entry, Explanation } from '../core/ledger/points.ts'
import { auditLog, type LogLine, logRow } from '../platform/database/audit-log-table.ts'
import { document, hash, id, instant, shortDocument } from '../platform/database/columns.ts'
import { sealedLine } from '../platform/database/log-seal.ts'
import { outbox } from '../platform/database/outbox-table.ts'
import { accountColumns, asset, assetTables } from './asset.ts'
import { log, range } from './changes.ts'
import type { Change, Touch } from './move.ts'
import type { Sealed } from './seal.ts'
import { appendTable, bookTable } from './table.ts'

export const pointsAccounts = mysqlTable('points_accounts', {
  ...accountColumns(),
  standing: varchar({ length: 10 }).$type<Account['standing']>().notNull(),
  earned: id('earned').notNull(),
  purchases: int().notNull(),
  spendFen: id('spend_fen').notNull(),
  earnedByMonth: document<Record<string, number>>('earned_by_month').notNull(),
  boughtByMonth: shortDocument<Record<string, Bought>>('bought_by_month', 1600).notNull(),
})

const pointsTables = assetTables<'points', Cause, Explanation>('points', 'points')

export const { entries: pointsEntries, lots: pointsLots, draws: pointsDraws, redates: pointsRedates } = pointsTables

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

/** The amount that a member has used of a limit, such as that of an item or of a month's invitations. `scope` names the limit. */
export const quotasTable = mysqlTable(
  'quotas',
  {
    memberId: id('member_id').notNull(),
    scope: varchar({ length: 60 }).notNull(),
    used: int().notNull(),
  },
  (table) => [primaryKey({ columns: [table.memberId, table.scope] })],
)

export type AccountRow = Sealed<Account>
export type EntryRow = Sealed<Entry>

export const points = asset<Account, Cause, Explanation>(pointsAccounts, pointsTables, {
  orders: { accounts: 10, entries: 90, lots: 91, draws: 92, redates: 95 },
  sealedAs: null,
  most: MOST_POINTS,
  tooMuch: (most) => new Refusal('points.too-many', { most }),
})

export const { accounts, entries, lots, account, openLots, posted } = points

export const quotas = bookTable(quotasTable, { order: 70, key: ['memberId', 'scope'] })
export const moves = appendTable(movesTable, { order: 93, key: ['memberId', 'key'] })
export const messages = appendTable(outbox, { order: 94, key: [] })
const logLines = appendTable(auditLog, { order: 97, key: [] })
logLines.seal = (rowsOf, secret) => {
  for (const row of rowsOf(logLines).appended) Object.assign(row, sealedLine(secret, row))
}

/** All counters of a member. They change under the lock of the member's account. */
export const quotasOf = (memberId: number): Touch => range(quotas, memberId)

/** A line of the merchant's audit log about this very move. */
export const logged = (at: Instant, line: LogLine): Change =>
  log(logLines, { id: 0, ...logRow(at, line), seal: null, sealedIn: null })

/** The line of a move that members, clerks and partners make too: they leave none. */
export const loggedOfMerchant = (at: Instant, line: LogLine): Change[] =>
  isOfKind(line.actor, 'admin') ? [logged(at, line)] : []
