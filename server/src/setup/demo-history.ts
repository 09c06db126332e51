import { addDays, addMonths, addMs, type Day, dayOf, type Instant, startOf } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { checkIn } from '../features/earning/check-ins/moves.ts'
import { joining, recordAct } from '../features/earning/events/acts.ts'
import { recordPurchase } from '../features/earning/purchases/moves.ts'
import { unknownBuyer } from '../features/earning/purchases/receipt.ts'
import { plainlyPaid } from '../features/earning/purchases/tables.ts'
import { register } from '../features/members/directory/register.ts'
import { consentsOf } from '../features/members/sign-in/consents.ts'
import { writeTags } from '../features/members/tags/store.ts'
import { agreementInForce } from '../features/shop/agreement/store.ts'
import { handOver, redeem } from '../features/spending/mall/moves.ts'
import { newPickupCode } from '../features/spending/mall/redemption.ts'
import { inTransaction } from '../platform/database/pool.ts'
import type { Server } from '../server.ts'
import { items, menu, regulars } from './demo-data.ts'

const HISTORY_DAYS = 45
const DAYS_BETWEEN_NEWCOMERS = 1.7
const HOUR_MS = 3_600_000

interface Newcomer {
  openid: string
  phone: string
  nickname: string
}

/** Signs up at a past instant: the server as it was then. */
export async function join(server: Server, newcomer: Newcomer, at: Instant): Promise<number> {
  const then = { ...server, clock: { ...server.clock, now: () => at } }
  const agreement = await agreementInForce(server.db)
  const consents = await consentsOf(then, { ...newcomer, agreement, age: 'from-14' })
  const memberId = await register(then, { ...newcomer, inviteCode: '', source: 'mini-program', with: consents })
  await server.book.make(recordAct, joining(memberId), { at })
  return memberId
}

/** A member of a year's standing whose first points run out within the week: what reminders are for. */
export async function playOldFriend(server: Server, newcomer: Newcomer, storeId: number) {
  const today = dayOf(server.clock.now(), server.offsetMinutes)
  const longAgo = addDays(addMonths(today, -12), 6)
  const memberId = await join(server, newcomer, atHour(server, longAgo, 9))
  const bought = [longAgo, addMonths(longAgo, 3), addMonths(longAgo, 8), addDays(today, -20), addDays(today, -3)]
  for (const [index, on] of bought.entries())
    await buy(server, { memberId, storeId, receiptNo: `Z${1001 + index}`, at: atHour(server, on, 11), pick: index * 3 })
  for (const on of [addDays(today, -2), addDays(today, -1)])
    await server.book.make(checkIn, { memberId, on }, { at: atHour(server, on, 20) })
}

/** Six weeks of a shop's life, the same every time but for the dates. */
export async function playHistory(server: Server, storeIds: number[], itemIds: number[]) {
  const today = dayOf(server.clock.now(), server.offsetMinutes)
  const first = addDays(today, -HISTORY_DAYS)
  const memberIds: number[] = []
  let receipts = 20_000
  for (let days = 0; days < HISTORY_DAYS; days++) {
    const on = addDays(first, days)
    if (memberIds.length < regulars.length && memberIds.length * DAYS_BETWEEN_NEWCOMERS <= days)
      memberIds.push(await arrive(server, memberIds.length, on))
    for (const [index, memberId] of memberIds.entries()) {
      if ((index * 5 + days * 3) % 4 !== 0) continue
      const storeId = storeIds[(index + days) % storeIds.length]!
      await buy(server, {
        memberId,
        storeId,
        receiptNo: `D${++receipts}`,
        at: atHour(server, on, 8 + (index % 10)),
        pick: index + days,
      })
      if (index % 3 === 0) await server.book.make(checkIn, { memberId, on }, { at: atHour(server, on, 19) })
    }
    if (days % 3 === 0)
      await takeAway(server, {
        memberId: memberIds[days % 5] ?? memberIds[0]!,
        storeId: storeIds[days % storeIds.length]!,
        at: atHour(server, on, 20),
        pick: days % 4,
        itemIds,
        collected: days < HISTORY_DAYS - 9,
      })
  }
}

async function arrive(server: Server, index: number, on: Day): Promise<number> {
  const phone = `1380000${String(index).padStart(4, '0')}`
  const newcomer = { openid: `demo:${index}`, phone, nickname: regulars[index]! }
  const memberId = await join(server, newcomer, atHour(server, on, 8))
  const tags = [...(index % 3 === 0 ? ['附近上班'] : []), ...(index % 5 === 0 ? ['常订外卖'] : [])]
  await inTransaction(server.db, (tx) => writeTags(tx, memberId, tags))
  return memberId
}

const atHour = ({ offsetMinutes }: Server, on: Day, hour: number): Instant =>
  addMs(startOf(on, offsetMinutes), hour * HOUR_MS)

interface Visit {
  memberId: number
  storeId: number
  at: Instant
  /** Chooses what is bought. */
  pick: number
}

async function buy({ book }: Server, { memberId, storeId, receiptNo, at, pick }: Visit & { receiptNo: string }) {
  const lines = Array.from({ length: 1 + (pick % 3) }, (_, index) => {
    const { name, category, amountFen } = menu[(pick * 7 + index * 3) % menu.length]!
    const quantity = 1 + ((pick + index) % 2)
    return { name, category, quantity, amountFen: amountFen * quantity }
  })
  const what = { memberId, storeId, receiptNo, lines, paid: plainlyPaid, buyer: unknownBuyer }
  await book.make(recordPurchase, { ...what, actor: 'system' }, { at })
}

/** Redeems an item, collected an hour later or still waiting. Skips members with too few points. */
async function takeAway(
  { book }: Server,
  { memberId, storeId, at, pick, itemIds, collected }: Visit & { itemIds: number[]; collected: boolean },
) {
  const wish = {
    memberId,
    itemId: itemIds[pick]!,
    itemName: items[pick]!.name,
    quantity: 1,
    storeId,
    seenPoints: null,
    pickupCode: newPickupCode(),
    requestId: `demo-${at}`.replace(/\W/g, '-'),
  }
  try {
    const { entrySeq } = await book.make(redeem, wish, { at })
    if (collected)
      await book.make(
        handOver,
        { memberId, entrySeq, itemName: wish.itemName, at: null, actor: 'system', requestId: wish.requestId },
        { at: addMs(at, HOUR_MS) },
      )
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}
