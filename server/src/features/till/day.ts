import { addDays, dayOf, startOf } from '@pointbook/shared/day'
import type { House } from '../../outside.ts'
import { orderNo } from '../mall/words.ts'
import { type ClerkDay, readPickups, readPurchases, readReturns, sumDay } from './store.ts'

const SHOWN = 100

/** What a clerk did at a store on today's business day: the newest hundred, and the sums of all. `points` is what returns left of it. */
export async function readDayOf({ db, clock, offsetMinutes }: House, clerkId: number, storeId: number) {
  const today = dayOf(clock.now(), offsetMinutes)
  const day: ClerkDay = {
    actor: `clerk/${clerkId}`,
    storeId,
    from: startOf(today, offsetMinutes),
    until: startOf(addDays(today, 1), offsetMinutes),
  }
  const [sums, purchases, returns, pickups] = await Promise.all([
    sumDay(db, day),
    readPurchases(db, day, SHOWN),
    readReturns(db, day, SHOWN),
    readPickups(db, day, SHOWN),
  ])
  const rows = [
    ...purchases.map(({ receiptNo, ...row }) => ({
      ...row,
      kind: 'purchase' as const,
      ref: receiptNo,
      title: `小票 ${receiptNo}`,
    })),
    ...returns.map(({ receiptNo, points, ...row }) => ({
      ...row,
      kind: 'return' as const,
      ref: receiptNo,
      title: `退货 · 小票 ${receiptNo}`,
      points: -points,
    })),
    ...pickups.map(({ memberId, entrySeq, itemName, quantity, memberNickname, at }) => ({
      kind: 'pickup' as const,
      ref: orderNo(memberId, entrySeq),
      title: `取货 · ${itemName}${quantity > 1 ? ` ×${quantity}` : ''}`,
      memberNickname,
      amountFen: 0,
      points: 0,
      at: at!,
    })),
  ]
  return { ...sums, rows: rows.sort((a, b) => b.at.localeCompare(a.at)).slice(0, SHOWN) }
}
