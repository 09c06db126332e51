import { randomInt } from 'node:crypto'
import type { ActorRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { isDuplicate } from '../../../platform/database/failures.ts'
import type { Server } from '../../../server.ts'
import { asHeld, heirOf } from '../../members/identities/store.ts'
import { readDrawsOf } from '../../points/ledger/store.ts'
import { readStore } from '../../shop/stores/store.ts'
import { readItem } from './item-store.ts'
import { cancelOrder, type Redemption, redeem } from './moves.ts'
import { type OrderRow, orderView, readOrder } from './store.ts'
import { orderKey } from './words.ts'

type Wish = Omit<Redemption, 'itemName' | 'pickupCode'>

const CODE_TRIES = 5

/** Twelve digits, the first an 8, which distinguishes it from a member code. One of 10^11, so it cannot be guessed. */
export const newPickupCode = (): string => `8${String(randomInt(10 ** 11)).padStart(11, '0')}`

/** Redeems and returns the order as it was made, also for a repeated request. */
export async function redeemItem(server: Server, wish: Wish, newCode = newPickupCode) {
  const { db, book } = server
  const { memberId, itemId, quantity, storeId, seenPoints, requestId } = wish
  const [item, storeName] = await Promise.all([readItem(db, itemId), storeNameOf(server, storeId)])
  if (!item) throw new Refusal('item.unknown')
  for (let tries = 1; ; tries++) {
    try {
      const asked = {
        memberId,
        itemId,
        itemName: item.name,
        quantity,
        storeId,
        seenPoints,
        pickupCode: newCode(),
        requestId,
      }
      const { balance, entrySeq, points, pickupCode, madeAt } = await book.make(redeem, asked)
      const state = 'waiting' as const
      const order = { memberId, entrySeq, itemId, quantity, points, state, storeId, pickupCode, madeAt, endedAt: null }
      return { order: orderView({ order, item, storeName }), balance }
    } catch (error) {
      if (!isDuplicate(error) || tries === CODE_TRIES) throw error
    }
  }
}

async function storeNameOf({ db }: Server, storeId: number): Promise<string> {
  const store = await readStore(db, storeId)
  if (!store) throw new Refusal('store.unknown')
  return store.name
}

/**
 * The order with that number; throws `order.unknown` when there is none, or when it belongs neither to `owner` nor to a double of
 * theirs.
 */
export async function orderOf({ db }: Server, orderNo: string, owner?: number): Promise<OrderRow> {
  const { memberId, entrySeq } = orderKey(orderNo)
  const mayRead = owner === undefined || owner === memberId || owner === (await heirOf(db, memberId))
  const order = mayRead ? await readOrder(db, memberId, entrySeq) : null
  if (!order) throw new Refusal('order.unknown')
  return order
}

interface By {
  actor: ActorRef
  reason: string
  requestId: string
}

/** Cancels an order and returns its new state. */
export async function cancel({ db, book }: Server, { order, item }: OrderRow, by: By) {
  const { memberId, entrySeq, itemId } = order
  const draws = await readDrawsOf(db, memberId, entrySeq)
  const outcome = await asHeld(async () => {
    const heirId = await heirOf(db, memberId)
    return book.make(cancelOrder, { memberId, heirId, entrySeq, itemId, itemName: item.name, draws, ...by })
  })
  const after = await readOrder(db, memberId, entrySeq)
  return { ...outcome, row: after! }
}
