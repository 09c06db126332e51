import { index, int, mysqlTable, varchar } from 'drizzle-orm/mysql-core'
import { bookTable } from '../../book/table.ts'
import { id, instant } from '../../platform/database/columns.ts'

/** Who invited whom, one row a friend, and what became of the reward. */
export const referralsTable = mysqlTable(
  'referrals',
  {
    inviteeId: id('invitee_id').primaryKey(),
    inviterId: id('inviter_id').notNull(),
    state: varchar({ length: 10 }).$type<'waiting' | 'rewarded' | 'refused' | 'taken-back'>().notNull(),
    /** Points of the inviter's reward and the entry that gave them. */
    points: int().notNull(),
    entrySeq: int('entry_seq').notNull(),
    /** The purchase that earned the reward, `store/receipt`; '' when registration did. */
    purchaseRef: varchar('purchase_ref', { length: 100 }).notNull(),
    madeAt: instant('made_at').notNull(),
  },
  (table) => [
    index('referrals_inviter').on(table.inviterId, table.inviteeId),
    index('referrals_made_at').on(table.madeAt),
  ],
)

export const referrals = bookTable(referralsTable, { order: 50, key: ['inviteeId'] })
