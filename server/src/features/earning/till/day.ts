import { clerkRef } from '@pointbook/shared/references'
import type { Server } from '../../../server.ts'
import { orderNo } from '../../spending/mall/words.ts'
import { moneyOf } from '../purchases/return.ts'
import { countPickups, presentDay, readPickups, readPurchases, readReturns } from './store.ts'

const SHOWN = 100

/**
 * A clerk's work at a store on the present business day: the newest hundred records and the sums of all. Money is paid and
 * refunded money, so that the rows add up to the net; `points` are those given, net of returns.
 */
export async function readDayOf(server: Server, clerkId: number, storeId: number) {
  const { db } = server
  const day = { ...presentDay(server, storeId), actor: clerkRef(clerkId) }
  const [purchases, returns, pickups, pickupCount] = await Promise.all([
    readPurchases(db, day),
    readReturns(db, day),
    readPickups(db, day, SHOWN),
    countPickups(db, day),
  ])
  const sold = purchases.map(({ receiptNo, paid, amountFen, points, memberNickname, at }) => ({
    kind: 'purchase' as const,
    ref: receiptNo,
    storeId,
    title: `小票 ${receiptNo}`,
    memberNickname,
    amountFen: moneyOf({ amountFen, paid }),
    points,
    at,
  }))
  const returned = returns.map(({ storeId, receiptNo, memberNickname, amountFen, refundFen, points, at }) => ({
    kind: 'return' as const,
    ref: receiptNo,
    storeId,
    title: `退货 · 小票 ${receiptNo}`,
    memberNickname,
    amountFen: refundFen ?? amountFen,
    points: -points,
    at,
  }))
  const fetched = pickups.map(({ memberId, entrySeq, itemName, quantity, memberNickname, at }) => ({
    kind: 'pickup' as const,
    ref: orderNo(memberId, entrySeq),
    storeId,
    title: `取货 · ${itemName}${quantity > 1 ? ` ×${quantity}` : ''}`,
    memberNickname,
    amountFen: 0,
    points: 0,
    at: at!,
  }))
  const [amountFen, refundFen] = [sumOf(sold, 'amountFen'), sumOf(returned, 'amountFen')]
  const rows = [...sold, ...returned, ...fetched].sort((a, b) => b.at.localeCompare(a.at)).slice(0, SHOWN)
  return {
    purchases: sold.length,
    amountFen,
    refundFen,
    netFen: amountFen - refundFen,
    points: sumOf(sold, 'points') + sumOf(returned, 'points'),
    pickups: pickupCount,
    rows,
  }
}

const sumOf = <Name extends 'amountFen' | 'points'>(rows: readonly Record<Name, number>[], name: Name): number =>
  rows.reduce((sum, row) => sum + row[name], 0)
