import type { ApprovalsApi } from '@pointbook/shared/contract/shop/approvals'
import type { ActorRef } from '@pointbook/shared/references'
import { index, int, mysqlTable, varchar } from 'drizzle-orm/mysql-core'
import { bookTable } from '../../../book/table.ts'
import { document, id, instant, shortDocument } from '../../../platform/database/columns.ts'

type Detail = ApprovalsApi['GET /admin/approvals/:approvalId']['reply']

export type KindName = Detail['kind']
export type ApprovalState = Detail['state']
export type Figures = NonNullable<Detail['figures']>

/** What came of an approval: the entry that it made, its figures, or the refusal that ended it. */
export interface Outcome {
  text: string
  seq?: number
  receiptNo?: string
}

/** Whatever waits, or waited, for a second person. */
export const approvalsTable = mysqlTable(
  'approvals',
  {
    approvalId: id('id').primaryKey(),
    kind: varchar({ length: 20 }).$type<KindName>().notNull(),
    state: varchar({ length: 10 }).$type<ApprovalState>().notNull(),
    asker: varchar({ length: 60 }).$type<ActorRef>().notNull(),
    askedAt: instant('asked_at').notNull(),
    storeId: id('store_id'),
    memberId: id('member_id'),
    title: varchar({ length: 200 }).notNull(),
    because: varchar({ length: 100 }).notNull(),
    /** The input of the operation; its member is that of the row, which a merge changes. Null once it is no longer needed. */
    request: document<object>('request'),
    figures: shortDocument<Figures>('figures', 300).notNull(),
    decider: varchar({ length: 60 }).$type<ActorRef | ''>().notNull(),
    decidedAt: instant('decided_at'),
    reason: varchar({ length: 100 }).notNull(),
    outcome: shortDocument<Outcome>('outcome', 600).notNull(),
  },
  (table) => [
    index('approvals_state').on(table.state, table.askedAt, table.approvalId),
    index('approvals_asker').on(table.asker, table.askedAt),
    index('approvals_member').on(table.memberId),
  ],
)

export type ApprovalRow = typeof approvalsTable.$inferSelect

/** One row: the number of approvals that were ever asked for. */
export const approvalNumbersTable = mysqlTable('approval_numbers', {
  one: int().primaryKey(),
  given: id('given').notNull(),
})

export const approvalNumbers = bookTable(approvalNumbersTable, { order: 6, key: ['one'] })
export const approvals = bookTable(approvalsTable, { order: 7, key: ['approvalId'] })
