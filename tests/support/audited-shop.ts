import { withNewId } from '@pointbook/server/book/new-id'
import { recordPurchase } from '@pointbook/server/features/earning/purchases/moves'
import { unknownBuyer } from '@pointbook/server/features/earning/purchases/receipt'
import { returnPurchase } from '@pointbook/server/features/earning/purchases/return'
import { plainlyPaid } from '@pointbook/server/features/earning/purchases/tables'
import { mergeMembers } from '@pointbook/server/features/members/merging/moves'
import { adjust, expireMember } from '@pointbook/server/features/points/ledger/moves'
import { makeKind } from '@pointbook/server/features/spending/coupons/kind-moves'
import { grantCoupons } from '@pointbook/server/features/spending/coupons/moves'
import { couponGrantsTable, couponKindsTable, granteesTable } from '@pointbook/server/features/spending/coupons/tables'
import { withNewItemId } from '@pointbook/server/features/spending/mall/item-store'
import { cancel, orderOf, redeemItem } from '@pointbook/server/features/spending/mall/redemption'
import { addItem } from '@pointbook/server/features/spending/mall/stock-moves'
import { dayOf } from '@pointbook/shared/day'
import type { SQL } from 'drizzle-orm'
import { afterAll, beforeAll } from 'vitest'
import { usualKind } from './coupons.ts'
import { aServer, fresh } from './server.ts'

const offset = { pointsPerYuan: 100, minimumPoints: 0, stepPoints: 1, maximumShareBp: 5_000 }

export let here: Awaited<ReturnType<typeof aServer>>
export let storeId: number
/** An item for 30 points. */
export let itemId: number

/** One shop for the tests of a file, in which much can happen: each brings its own members. */
export function inAnAuditedShop() {
  beforeAll(async () => {
    here = await aServer({ policy: { offset } })
    storeId = await here.aStore()
    itemId = await anItem()
  })
  afterAll(() => here.close())
}

async function anItem(): Promise<number> {
  const texts = {
    name: '帆布袋',
    category: '生活',
    pictureUrl: '',
    worthFen: 0,
    description: '',
    instructions: '',
    position: 0,
  }
  const terms = { points: 30, limitPerMember: null, listed: true }
  const wish = { ...terms, stock: 1_000, texts, requestId: fresh() }
  return (await withNewItemId(here.db, (itemId) => here.book.make(addItem, { ...wish, itemId }))).itemId
}

/** The checks that find something wrong with a member, and what they say. */
export async function faultsOf(memberId: number): Promise<string[]> {
  const { checks } = await here.audit()
  return checks.flatMap(({ id, faults }) =>
    faults.filter((fault) => fault.includes(String(memberId))).map((fault) => `${id} ${fault}`),
  )
}

export async function faultsIn(check: string): Promise<string[]> {
  const { checks } = await here.audit()
  return checks.find(({ id }) => id === check)!.faults
}

/** Writes into the tables behind the book's back. */
export async function damage(...queries: SQL[]) {
  for (const query of queries) await here.db.execute(query)
}

export const redeem = (memberId: number) =>
  redeemItem(here.server, { memberId, itemId, quantity: 1, storeId, seenPoints: null, requestId: fresh() })

export async function buy(memberId: number, amountFen: number, offsetPoints = 0): Promise<string> {
  const receiptNo = fresh('R')
  const lines = [{ name: '拿铁', quantity: 1, amountFen }]
  const paid = { ...plainlyPaid, offsetPoints }
  const receipt = { memberId, storeId, receiptNo, lines, paid, buyer: unknownBuyer, actor: 'system' as const }
  await here.book.make(recordPurchase, receipt)
  return receiptNo
}

/** Brings back the whole purchase that is the member's entry `entrySeq`. */
export async function bringBack(memberId: number, entrySeq: number, receiptNo: string, amountFen: number) {
  const lines = [{ line: 0, quantity: 1, amountFen }]
  const claim = { memberId, entrySeq, storeId, receiptNo, lines, actor: 'system' as const, requestId: fresh() }
  await here.book.make(returnPurchase, claim)
}

export const adjustBy = (memberId: number, points: number) =>
  here.book.make(adjust, { memberId, points, reason: '补偿', actor: 'admin/a' as const, requestId: fresh() })

/** A member to whom everything has happened: bought, redeemed, cancelled, returned into debt, paid it, let points expire. */
export async function aLife(): Promise<number> {
  const { server, book, clock } = here
  const memberId = await here.aMember({ points: 40 })
  const receiptNo = await buy(memberId, 100_00)
  const { order } = await redeem(memberId)
  await redeem(memberId)
  await redeem(memberId)
  await cancel(server, await orderOf(server, order.orderNo), {
    actor: 'system' as const,
    reason: '',
    requestId: fresh(),
  })
  await bringBack(memberId, 2, receiptNo, 100_00)
  await buy(memberId, 300_00)
  clock.travelDays(400)
  await book.make(expireMember, { memberId, today: dayOf(clock.now(), 480) })
  await adjustBy(memberId, 7)
  return memberId
}

export const merge = (keptId: number, doubleId: number) =>
  here.book.make(mergeMembers, { keptId, doubleId, reason: '同一人', actor: 'admin/a' as const, requestId: fresh() })

/** Gives a member a coupon of a new kind. */
export async function giveCoupon(memberId: number) {
  const wish = { kind: usualKind, actor: 'admin/a', requestId: fresh() } as const
  const make = (kindId: number) => here.book.make(makeKind, { kindId, ...wish })
  const { kindId } = await withNewId(here.db, couponKindsTable.id, 'coupon.kind-taken', make)
  const by = { kindId, pieces: 1, reason: '', madeAt: here.clock.now(), madeBy: 'admin/a' } as const
  const [{ insertId: grantId }] = await here.db.insert(couponGrantsTable).values(by)
  await here.db.insert(granteesTable).values({ grantId, memberId, state: 'waiting', reason: '' })
  await here.book.make(grantCoupons, { grantId, memberId, heirId: memberId, kindId, pieces: 1 })
  return kindId
}
