import type { Channel, PaymentMethod } from '@pointbook/shared/contract/points/earning-rule'
import type { ActorRef } from '@pointbook/shared/references'
import { index, int, mysqlTable, primaryKey, varchar } from 'drizzle-orm/mysql-core'
import { appendTable, bookTable } from '../../../book/table.ts'
import type { SoldLine } from '../../../core/purchases/returns.ts'
import { day, document, id, instant, shortDocument } from '../../../platform/database/columns.ts'

/** As reported by the till; `null` for unknown values. */
export interface HowPaid {
  couponFen: number
  storedValueFen: number
  offsetPoints: number
  channel: Channel | null
  payment: PaymentMethod | null
}

/** Paid with money in the store; nothing else is known. */
export const plainlyPaid: HowPaid = {
  couponFen: 0,
  storedValueFen: 0,
  offsetPoints: 0,
  channel: null,
  payment: null,
}

/** As it is stored: the offset points with their worth and the entry that spent them. */
export interface Paid extends Omit<HowPaid, 'offsetPoints'> {
  /** What the member's own coupons took off, fen; each line has its part. */
  ownCouponFen?: number
  offset?: { points: number; fen: number; entrySeq: number }
}

/** One row per receipt. `lines` have the points of each line and its returns. */
export const purchasesTable = mysqlTable(
  'purchases',
  {
    storeId: id('store_id').notNull(),
    receiptNo: varchar('receipt_no', { length: 40 }).notNull(),
    memberId: id('member_id').notNull(),
    /** The ledger entry, and so the lot, that it earned. */
    entrySeq: int('entry_seq').notNull(),
    amountFen: int('amount_fen').notNull(),
    points: int().notNull(),
    lines: document<SoldLine[]>('lines').notNull(),
    /** How it was paid, and where it was bought. */
    paid: shortDocument<Paid>('paid', 300).notNull(),
    returnedFen: int('returned_fen').notNull(),
    returnedPoints: int('returned_points').notNull(),
    /** The part of the returned points that had expired unused. */
    forfeitedPoints: int('forfeited_points').notNull(),
    returns: int().notNull(),
    actor: varchar({ length: 60 }).$type<ActorRef>().notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.receiptNo] }), index('purchases_at').on(table.at)],
)

export type PurchaseRow = typeof purchasesTable.$inferSelect

/** The returns of a receipt, one row each, numbered from 1. */
export const returnsTable = mysqlTable(
  'purchase_returns',
  {
    storeId: id('store_id').notNull(),
    receiptNo: varchar('receipt_no', { length: 40 }).notNull(),
    returnNo: int('return_no').notNull(),
    memberId: id('member_id').notNull(),
    entrySeq: int('entry_seq').notNull(),
    amountFen: int('amount_fen').notNull(),
    points: int().notNull(),
    lines: document<{ line: number; quantity: number; amountFen: number }[]>('lines').notNull(),
    actor: varchar({ length: 60 }).$type<ActorRef>().notNull(),
    at: instant('at').notNull(),
    /** The money refunded; null for returns of older versions. */
    refundFen: int('refund_fen'),
    /** The store that took the goods back, where that is not the receipt's own, which has closed. */
    takenAt: id('taken_at'),
  },
  (table) => [
    primaryKey({ columns: [table.storeId, table.receiptNo, table.returnNo] }),
    index('purchase_returns_at').on(table.at),
  ],
)

/** The request that a member sees on the phone when a clerk wants to spend their points without their code. */
export const spendRequestsTable = mysqlTable(
  'spend_requests',
  {
    memberId: id('member_id').notNull(),
    /** The request id of the purchase that the points are to pay a part of. */
    draftId: varchar('draft_id', { length: 64 }).notNull(),
    clerkId: id('clerk_id').notNull(),
    storeId: id('store_id').notNull(),
    points: int().notNull(),
    state: varchar({ length: 10 }).$type<'asked' | 'accepted' | 'declined' | 'used'>().notNull(),
    askedAt: instant('asked_at').notNull(),
    /** The end of the time to answer it; once accepted, the end of the time to use it. */
    endsAt: instant('ends_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.memberId, table.draftId] }),
    index('spend_requests_draft').on(table.draftId),
  ],
)

export type SpendRequest = typeof spendRequestsTable.$inferSelect

/** The number of a day's purchases that got their receipt number from the store. */
export const receiptNumbersTable = mysqlTable(
  'receipt_numbers',
  {
    storeId: id('store_id').notNull(),
    on: day('on_day').notNull(),
    given: int().notNull(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.on] })],
)

export const spendRequests = bookTable(spendRequestsTable, { order: 38, key: ['memberId', 'draftId'] })
export const receiptNumbers = bookTable(receiptNumbersTable, { order: 39, key: ['storeId', 'on'] })
export const purchases = bookTable(purchasesTable, { order: 40, key: ['storeId', 'receiptNo'] })
export const returns = appendTable(returnsTable, { order: 41, key: ['storeId', 'receiptNo', 'returnNo'] })
