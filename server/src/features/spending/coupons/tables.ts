import type { CouponTerms } from '@pointbook/shared/contract/spending/coupon-terms'
import type { CouponSource, CouponState } from '@pointbook/shared/coupons'
import type { ActorRef, PurchaseRef } from '@pointbook/shared/references'
import { boolean, index, int, mysqlTable, primaryKey, varchar } from 'drizzle-orm/mysql-core'
import { bookTable } from '../../../book/table.ts'
import { day, document, id, instant } from '../../../platform/database/columns.ts'

/** A kind of coupon, with the terms of new grants. Its figures are in `coupon_budgets`. */
export const couponKindsTable = mysqlTable('coupon_kinds', {
  id: id().primaryKey().autoincrement(),
  name: varchar({ length: 30 }).notNull(),
  description: varchar({ length: 1000 }).notNull(),
  /** The version of `terms`, from 1. */
  version: int().notNull(),
  terms: document<CouponTerms>('terms').notNull(),
  /** What happens to a coupon when the whole purchase that used it is returned. */
  afterReturn: varchar('after_return', { length: 4 }).$type<'back' | 'lost'>().notNull(),
  /** The most pieces and the most money, fen; null for no limit. */
  pieces: int(),
  moneyFen: id('money_fen'),
  /** How many one member may get, ever or in a calendar month; null for no limit. */
  limitPieces: int('limit_pieces'),
  limitPer: varchar('limit_per', { length: 5 }).$type<'ever' | 'month'>().notNull(),
  /** No new grants; coupons that members hold stay usable. */
  stopped: boolean().notNull(),
  madeAt: instant('made_at').notNull(),
})

/** Every version of a kind's terms, which never changes: a coupon keeps the version that it was granted with. */
export const couponTermsTable = mysqlTable(
  'coupon_terms',
  {
    kindId: id('kind_id').notNull(),
    version: int().notNull(),
    name: varchar({ length: 30 }).notNull(),
    terms: document<CouponTerms>('terms').notNull(),
    afterReturn: varchar('after_return', { length: 4 }).$type<'back' | 'lost'>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.kindId, table.version] })],
)

/** The hot row of a kind: how many coupons are in which state, and their money, fen. */
export const couponBudgetsTable = mysqlTable('coupon_budgets', {
  kindId: id('kind_id').primaryKey(),
  granted: int().notNull(),
  used: int().notNull(),
  ended: int().notNull(),
  voided: int().notNull(),
  /** Reserved by coupons that can still be used, and taken off by those that were used. */
  reservedFen: id('reserved_fen').notNull(),
  settledFen: id('settled_fen').notNull(),
  /** The money of the purchases that used one, less what was returned, fen. */
  salesFen: id('sales_fen').notNull(),
})

/** How many coupons a member has been given: the last number. */
export const couponHoldersTable = mysqlTable('coupon_holders', {
  memberId: id('member_id').primaryKey(),
  granted: int().notNull(),
})

export const couponsTable = mysqlTable(
  'coupons',
  {
    memberId: id('member_id').notNull(),
    seq: int().notNull(),
    kindId: id('kind_id').notNull(),
    version: int().notNull(),
    state: varchar({ length: 8 }).$type<CouponState>().notNull(),
    /** The first and the last usable day. */
    validFrom: day('valid_from').notNull(),
    validUntil: day('valid_until').notNull(),
    /** Held in the budget until it is used or ends, fen. */
    reservedFen: int('reserved_fen').notNull(),
    source: varchar({ length: 12 }).$type<CouponSource>().notNull(),
    /** What gave it, by its source: the order, the grant, the coupon of a merged record. */
    ref: varchar({ length: 64 }).notNull(),
    grantedAt: instant('granted_at').notNull(),
    endedAt: instant('ended_at'),
    endedBy: varchar('ended_by', { length: 60 }).$type<ActorRef | ''>().notNull(),
    /** The purchase that used it, and what it took off, fen. */
    usedFor: varchar('used_for', { length: 61 }).$type<PurchaseRef | ''>().notNull(),
    savedFen: int('saved_fen').notNull(),
    reason: varchar({ length: 100 }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.memberId, table.seq] }),
    index('coupons_kind').on(table.kindId, table.state),
    index('coupons_until').on(table.state, table.validUntil),
    index('coupons_used_for').on(table.usedFor),
  ],
)

export type CouponRow = typeof couponsTable.$inferSelect
export type CouponKindRow = typeof couponKindsTable.$inferSelect
export type CouponBudgetRow = typeof couponBudgetsTable.$inferSelect

export const couponKinds = bookTable(couponKindsTable, { order: 62, key: ['id'] })
export const couponTerms = bookTable(couponTermsTable, { order: 63, key: ['kindId', 'version'] })
export const couponBudgets = bookTable(couponBudgetsTable, { order: 64, key: ['kindId'] })
export const couponHolders = bookTable(couponHoldersTable, { order: 65, key: ['memberId'] })
/** A range has the coupons of a member that are not used up. */
export const coupons = bookTable(couponsTable, {
  order: 66,
  key: ['memberId', 'seq'],
  rangeWhere: "state = 'held'",
})

/** A grant of the merchant: coupons for many members, given in the background. */
export const couponGrantsTable = mysqlTable('coupon_grants', {
  id: id().primaryKey().autoincrement(),
  kindId: id('kind_id').notNull(),
  pieces: int().notNull(),
  reason: varchar({ length: 100 }).notNull(),
  madeAt: instant('made_at').notNull(),
  madeBy: varchar('made_by', { length: 60 }).$type<ActorRef>().notNull(),
})

/** The members of a grant, stored before the first coupon is given; `reason` is the code why a member was left out. */
export const granteesTable = mysqlTable(
  'coupon_grantees',
  {
    grantId: id('grant_id').notNull(),
    memberId: id('member_id').notNull(),
    state: varchar({ length: 10 }).$type<'waiting' | 'given' | 'left-out'>().notNull(),
    reason: varchar({ length: 30 }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.grantId, table.memberId] }),
    index('coupon_grantees_state').on(table.grantId, table.state, table.memberId),
  ],
)

export const grantees = bookTable(granteesTable, { order: 67, key: ['grantId', 'memberId'] })
