import type { ActorRef, PurchaseRef } from '@pointbook/shared/references'
import { index, int, mysqlTable, varchar } from 'drizzle-orm/mysql-core'
import { bookTable } from '../../../book/table.ts'
import type { Doubt } from '../../../core/referrals/doubts.ts'
import { id, instant, shortDocument } from '../../../platform/database/columns.ts'

/** Invitations, one row per friend, with the state of the reward. */
export const referralsTable = mysqlTable(
  'referrals',
  {
    inviteeId: id('invitee_id').primaryKey(),
    inviterId: id('inviter_id').notNull(),
    /** `held`: the merchant must review it first. */
    state: varchar({ length: 10 }).$type<'waiting' | 'held' | 'rewarded' | 'refused' | 'taken-back'>().notNull(),
    /** Points of the inviter's reward and the entry that gave them. */
    points: int().notNull(),
    entrySeq: int('entry_seq').notNull(),
    /** The entry that gave the friend's part; 0 for none. */
    inviteeSeq: int('invitee_seq').notNull(),
    /** The shop's month in whose limit the inviter's reward counts, `YYYY-MM`; '' before the reward. */
    rewardedMonth: varchar('rewarded_month', { length: 7 }).notNull(),
    /** The number of times the reward was taken back. Each time the next purchase that qualifies may earn it again. */
    round: int().notNull(),
    /** The purchase that earned the reward, `store/receipt`; '' when registration did. */
    purchaseRef: varchar('purchase_ref', { length: 100 }).$type<PurchaseRef | ''>().notNull(),
    /** When the friend joined. */
    madeAt: instant('made_at').notNull(),
    /** The doubts for which it was held or refused; empty for most. */
    doubts: shortDocument<Doubt[]>('doubts', 200).notNull(),
    /** The reviewer of a held invitation; '' before the review. */
    reviewedBy: varchar('reviewed_by', { length: 60 }).$type<ActorRef | ''>().notNull(),
  },
  (table) => [
    index('referrals_inviter').on(table.inviterId, table.madeAt, table.inviteeId),
    index('referrals_made_at').on(table.madeAt),
    index('referrals_state').on(table.state, table.madeAt, table.inviteeId),
  ],
)

export const referrals = bookTable(referralsTable, { order: 50, key: ['inviteeId'] })
