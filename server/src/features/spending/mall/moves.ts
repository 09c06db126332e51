import { group } from '@pointbook/shared/money'
import { type ActorRef, memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { add, put, row } from '../../../book/changes.ts'
import { message } from '../../../book/events.ts'
import { type DecisionContext, move } from '../../../book/move.ts'
import { touchesOf } from '../../../book/part.ts'
import { quotaPart } from '../../../book/quotas.ts'
import { account, loggedOfMerchant, lots, openLots, posted } from '../../../book/tables.ts'
import type { View } from '../../../book/view.ts'
import { giveBack, spend } from '../../../core/assets/changes.ts'
import { usableAmount } from '../../../core/assets/lots.ts'
import type { Draw } from '../../../core/assets/posting.ts'
import { heirPart } from '../../members/identities/pass-on.ts'
import { accountOf, activeAccountOf, endLapsed, entryHeader } from '../../points/ledger/moves.ts'
import { storeStates } from '../../shop/stores/tables.ts'
import { mallStock, orders } from './tables.ts'
import { orderNo } from './words.ts'

export interface Redemption {
  memberId: number
  itemId: number
  /** For the message about it. */
  itemName: string
  quantity: number
  storeId: number
  /** Price of one that the member saw; null when the client does not say. */
  seenPoints: number | null
  /** Must be unused: an existing one fails as a duplicate key, and the caller tries another. */
  pickupCode: string
  requestId: string
}

export interface Redeemed {
  entrySeq: number
  points: number
  pickupCode: string
  madeAt: string
  balance: number
}

/** The quota that counts what a member took of an item. */
export const quotaScope = (itemId: number) => `item/${itemId}`

const quotaOf = (memberId: number, itemId: number) => quotaPart(memberId, quotaScope(itemId))

/** Pays for an item with points and reserves it for pick-up. */
export const redeem = move<Redemption, Redeemed>('mall.redeem', {
  member: ({ memberId }) => memberId,
  key: ({ requestId }) => `redeem/${requestId}`,
  same: ({ itemId, quantity, storeId }) => [itemId, quantity, storeId],
  touches: ({ memberId, itemId, storeId }) => [
    account(memberId),
    openLots(memberId),
    row(storeStates, storeId),
    row(mallStock, itemId),
    ...quotaOf(memberId, itemId).touches,
  ],
  decide(view, input, context) {
    const { memberId, itemId, itemName, quantity, storeId, pickupCode } = input
    const before = activeAccountOf(view, memberId)
    if (!view.get(storeStates, storeId)?.open) throw new Refusal('store.closed')
    const stock = stockFor(view, input)
    const quota = quotaOf(memberId, itemId)
    const redeemed = quota.used(view)
    const limit = stock.limitPerMember
    if (limit !== null && redeemed + quantity > limit)
      throw new Refusal('item.limit-reached', { limit, taken: redeemed })
    const points = stock.points * quantity
    const entrySeq = before.seq + 1
    const header = entryHeader(context, 'redemption', orderNo(memberId, entrySeq), memberRef(memberId))
    const memberLots = view.range(lots, memberId)
    const posting = spend(before, memberLots, context.today, header, points)
    if (!posting) {
      const usable = usableAmount(memberLots, context.today)
      throw new Refusal('points.short', { missing: points - usable, usable })
    }
    const order = {
      memberId,
      entrySeq,
      itemId,
      quantity,
      points,
      state: 'waiting',
      storeId,
      pickupCode,
      madeAt: context.now,
      endedAt: null,
      endedBy: '',
      reason: '',
    } as const
    return {
      changes: [
        ...posted(posting),
        put(mallStock, { ...stock, stock: stock.stock - quantity, redeemed: stock.redeemed + quantity }),
        quota.count(view, quantity),
        add(orders, order),
        message('redemption.made', { memberId, entrySeq, itemName, pickupCode, points }, context.now),
      ],
      outcome: { entrySeq, points, pickupCode, madeAt: context.now, balance: posting.account.balance },
    }
  },
})

/** The item's stock row; throws a refusal when it cannot provide the quantity. */
function stockFor(view: View, { itemId, quantity, seenPoints }: Redemption) {
  const stock = view.get(mallStock, itemId)
  if (!stock) throw new Refusal('item.unknown')
  if (!stock.listed) throw new Refusal('item.unlisted')
  if (seenPoints !== null && seenPoints !== stock.points) throw new Refusal('item.changed', { points: stock.points })
  if (stock.stock === 0) throw new Refusal('item.sold-out')
  if (stock.stock < quantity) throw new Refusal('item.short', { stock: stock.stock })
  return stock
}

export interface Cancellation {
  memberId: number
  /** The record that gets the points: the member, or the one it was merged into. */
  heirId: number
  entrySeq: number
  itemId: number
  itemName: string
  /** The draws of the order's entry, read before the move: draws never change. */
  draws: Draw[]
  reason: string
  actor: ActorRef
  requestId: string
}

export interface Cancelled {
  balance: number
  givenBack: number
  /** The part of these points past their last usable day: they expired at once. */
  lapsed: number
  /** The part of these points that paid a debt at once. */
  repaid: number
}

const cancelParts = ({ memberId, heirId, itemId }: Cancellation, context: DecisionContext) => ({
  heir: heirPart(memberId, heirId, context),
  quota: quotaOf(heirId, itemId),
})

/**
 * Cancels an order: the points return to the lots they came from, the item to the stock, the quota to the member. A cancellation
 * by the merchant writes an audit log line.
 */
export const cancelOrder = move<Cancellation, Cancelled>('mall.cancel', {
  member: ({ memberId }) => memberId,
  // The key is that of the order, so that member and merchant cannot both cancel it; a repeated request gets the first answer.
  key: ({ entrySeq }) => `cancel/${entrySeq}`,
  same: ({ requestId }) => requestId,
  reused: 'order.cancelled',
  touches: (input, context) => [
    account(input.memberId),
    ...input.draws.map(({ lotSeq }) => row(lots, input.memberId, lotSeq)),
    row(mallStock, input.itemId),
    row(orders, input.memberId, input.entrySeq),
    ...touchesOf(cancelParts(input, context)),
  ],
  decide(view, input, context) {
    const { memberId, heirId, entrySeq, itemId, itemName, draws, reason, actor } = input
    const { heir, quota } = cancelParts(input, context)
    const before = accountOf(view, memberId)
    const heirBefore = heirId === memberId ? before : accountOf(view, heirId)
    const order = waitingOrder(view, memberId, entrySeq)
    const stock = view.get(mallStock, itemId)!
    const drawnLots = draws.map(({ lotSeq }) => view.get(lots, memberId, lotSeq)!)
    const header = entryHeader(context, 'cancellation', orderNo(memberId, entrySeq), actor)
    const { posting, lapsed } = endLapsed(giveBack(before, drawnLots, draws, header), heirId, context)
    const returned = heir.handOn(view, actor, posting)
    const text = `取消兑换「${itemName}」（订单 ${orderNo(memberId, entrySeq)}），退回 ${group(order.points)} 分：${reason}`
    return {
      changes: [
        ...returned.changes,
        put(mallStock, { ...stock, stock: stock.stock + order.quantity, redeemed: stock.redeemed - order.quantity }),
        quota.count(view, -order.quantity),
        put(orders, { ...order, state: 'cancelled', endedAt: context.now, endedBy: actor, reason }),
        message(
          'redemption.cancelled',
          { memberId, entrySeq, points: order.points, lapsed, reason, actor },
          context.now,
        ),
        ...loggedOfMerchant(context.now, { actor, action: 'order.cancel', subject: memberRef(memberId), text }),
      ],
      outcome: {
        balance: returned.account.balance,
        givenBack: order.points,
        lapsed,
        repaid: order.points - lapsed - (returned.account.balance - heirBefore.balance),
      },
    }
  },
})

function waitingOrder(view: View, memberId: number, entrySeq: number) {
  const order = view.get(orders, memberId, entrySeq)
  if (!order) throw new Refusal('order.unknown')
  if (order.state === 'handed-over') throw new Refusal('order.handed-over')
  if (order.state === 'cancelled') throw new Refusal('order.cancelled')
  return order
}

export interface HandOver {
  memberId: number
  entrySeq: number
  itemName: string
  /**
   * The store at which the goods are handed over, and the name of the order's store; null for the merchant, who is not bound to a
   * store.
   */
  at: { storeId: number; rightStoreName: string } | null
  actor: ActorRef
  requestId: string
}

/** Hands the goods over, once; with an audit log line when the merchant does it. */
export const handOver = move<HandOver, { endedAt: string }>('mall.hand-over', {
  member: ({ memberId }) => memberId,
  key: ({ entrySeq }) => `hand-over/${entrySeq}`,
  same: ({ requestId }) => requestId,
  reused: 'order.handed-over',
  // The account's lock is what guards the order.
  touches: ({ memberId, entrySeq }) => [account(memberId), row(orders, memberId, entrySeq)],
  decide(view, { memberId, entrySeq, itemName, at, actor }, { now }) {
    const order = waitingOrder(view, memberId, entrySeq)
    if (at && at.storeId !== order.storeId) throw new Refusal('order.other-store', { storeName: at.rightStoreName })
    const handed = { ...order, state: 'handed-over', endedAt: now, endedBy: actor } as const
    const text = `交付「${itemName}」（订单 ${orderNo(memberId, entrySeq)}）`
    const line = loggedOfMerchant(now, { actor, action: 'order.hand-over', subject: memberRef(memberId), text })
    return { changes: [put(orders, handed), ...line], outcome: { endedAt: now } }
  },
})
