import { MOST_TOTAL_FEN } from '@pointbook/shared/contract/fields'
import { yuan } from '@pointbook/shared/money'
import { clerkRef, purchaseRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { add } from '../../../book/changes.ts'
import { message } from '../../../book/events.ts'
import { type DecisionContext, move } from '../../../book/move.ts'
import { touchesOf } from '../../../book/part.ts'
import { account, posted } from '../../../book/tables.ts'
import { joinPostings } from '../../../core/assets/posting.ts'
import type { Cart } from '../../../core/coupons/saving.ts'
import type { Line, Who } from '../../../core/earning/event.ts'
import type { Earned } from '../../../core/earning/purse.ts'
import { countBought } from '../../../core/ledger/bought.ts'
import { usableFrom } from '../../../core/ledger/expiry.ts'
import { credit, type Explanation } from '../../../core/ledger/points.ts'
import { requireShown } from '../../../core/ledger/shown.ts'
import type { SoldLine } from '../../../core/purchases/returns.ts'
import { activeAccountOf, earning, entryHeader } from '../../points/ledger/moves.ts'
import { tierPart } from '../../points/tiers/part.ts'
import { couponPart, type UsedCoupons } from '../../spending/coupons/use.ts'
import { type EventFacts, rulesPart } from '../events/earn.ts'
import { extensionPart } from '../events/extend.ts'
import { offsetPart } from './offset.ts'
import { amountOf, buyerPart, type Numbered, numberPart, type Receipt, saleKey, takenReceipt } from './receipt.ts'
import { consentPart } from './spending.ts'
import { type Paid, type PurchaseRow, purchases } from './tables.ts'

export interface Recorded {
  receiptNo: string
  seq: number
  points: number
  amountFen: number
  /** What the member's coupons took off, fen. */
  couponsFen?: number
  /** The part that was paid with points. */
  offset?: { points: number; fen: number }
  balance: number
  expiresOn: string | null
  policyVersion: number
  why: Explanation[]
}

const partsOf = (receipt: Receipt, context: DecisionContext) => ({
  numbering: numberPart(receipt, context),
  buyer: buyerPart(receipt, context),
  coupons: couponPart(receipt.memberId, receipt.coupons ?? [], context),
  offset: offsetPart(receipt, context),
  consent: consentPart(receipt, context),
  rules: rulesPart(context, { memberId: receipt.memberId, trigger: 'purchase' }),
  tier: tierPart(receipt.memberId, context),
  extension: extensionPart(context, receipt.memberId, 'purchase'),
})

/**
 * Records a purchase: spends the points that pay a part of it, then gives the points of the rules in force. A receipt counts once
 * in its store, for any member; a purchase without a number gets one from the store.
 */
export const recordPurchase = move<Receipt, Recorded>('purchases.record', {
  member: ({ memberId }) => memberId,
  key: saleKey,
  // A purchase without offset or special payment has the same comparison as in older versions, which did not compare these
  // fields.
  same: (receipt) => [
    ...(receipt.requestId === undefined ? [] : [receipt.storeId, receipt.receiptNo]),
    receipt.lines,
    receipt.paid.couponFen,
    receipt.paid.storedValueFen,
    ...(receipt.paid.offsetPoints === 0 ? [] : [receipt.paid.offsetPoints]),
    ...(isPlainlyPaid(receipt) ? [] : [receipt.paid.channel, receipt.paid.payment]),
    ...(receipt.coupons?.length ? [receipt.coupons.map(({ seq }) => seq)] : []),
  ],
  reused: ({ receiptNo }, on) => takenReceipt(receiptNo, on),
  touches: (receipt, context) => [account(receipt.memberId), ...touchesOf(partsOf(receipt, context))],
  decide(view, input, context) {
    const parts = partsOf(input, context)
    const [receipt, numbers] = parts.numbering.number(view)
    const { memberId, storeId, receiptNo, actor } = receipt
    requireOthers(receipt, context)
    const before = activeAccountOf(view, memberId)
    const consent = parts.consent.use(view)
    const amountFen = amountOf(receipt.lines)
    if (amountFen > MOST_TOTAL_FEN) throw new Refusal('receipt.too-large', { most: yuan(MOST_TOTAL_FEN) })
    const { profile, invited } = parts.buyer.read(view)
    const who = parts.rules.who(view, profile, before)
    const coupons = parts.coupons.use(view, cartOf(receipt, who, context), actor, receipt.shown?.couponsFen)
    if (receipt.paid.offsetPoints > 0 && !coupons.withOffset) throw new Refusal('coupon.no-offset')
    const { posting: payment, offset } = parts.offset.pay(view, before, receiptNo, coupons.fen)
    const { earned, counted } = parts.rules.earnBy(view, purchaseEvent(receipt, who, coupons, offset?.fen ?? 0))
    const { points, why } = earned
    requireShown('purchase.changed', receipt.shown ?? {}, { points })
    const gift = earning(context, 'purchase', points, why, usableFrom(context.policy, context.today))
    const bought = countBought(payment.account, context.today.slice(0, 7), amountFen, 1)
    const buyer = { ...bought, purchases: before.purchases + 1 }
    const creditPosting = credit(buyer, entryHeader(context, 'purchase', purchaseRef(receipt), actor), gift)
    const otherFen = receipt.paid.couponFen + coupons.fen + (offset?.fen ?? 0)
    const paidFen = amountFen - Math.min(amountFen, otherFen)
    const posting = parts.extension.extend(view, joinPostings(payment, creditPosting), paidFen)
    const seq = payment.account.seq + 1
    return {
      changes: [
        ...posted(posting),
        ...parts.tier.raise(view, posting.account),
        ...counted,
        ...numbers,
        ...consent,
        ...coupons.changes(purchaseRef(receipt), paidFen),
        add(purchases, soldBy(receipt, { entrySeq: seq, amountFen, coupons, offset, earned, at: context.now })),
        ...(invited ? [message('purchase.recorded', { memberId, storeId, receiptNo }, context.now)] : []),
      ],
      outcome: {
        receiptNo,
        seq,
        points,
        amountFen,
        ...(coupons.used.length > 0 && { couponsFen: coupons.fen }),
        ...(offset && { offset: { points: offset.points, fen: offset.fen } }),
        balance: posting.account.balance,
        expiresOn: gift.expiresOn,
        policyVersion: context.policyVersion,
        why,
      },
    }
  },
})

/** Channel and payment have their default values. */
function isPlainlyPaid({ foundBy, paid: { channel, payment } }: Receipt): boolean {
  const usual = foundBy === undefined ? 'online' : 'store'
  return payment === null && (channel === null || channel === usual)
}

/** Throws `purchase.own` for a purchase that clerks may not record for themselves, at all or without a second person. */
function requireOthers(receipt: Receipt, { policy }: DecisionContext): void {
  const own = policy.till?.ownPurchases
  if (isOwn(receipt) && own !== 'allow' && !(own === 'approve' && receipt.approved)) throw new Refusal('purchase.own')
}

/** A clerk's purchase that the same clerk records. */
export const isOwn = ({ actor, memberId }: Receipt): boolean => actor === clerkRef(memberId)

/** The purchase as coupons see it. */
const cartOf = ({ lines, storeId, paid }: Receipt, who: Who, { today, minute }: DecisionContext): Cart => ({
  lines,
  storeId,
  channel: paid.channel,
  on: today,
  minute,
  who,
})

const purchaseEvent = (
  { lines, paid, storeId }: Receipt,
  who: Who,
  coupons: UsedCoupons,
  pointsFen: number,
): EventFacts => ({
  lines: coupons.fen === 0 ? lines : lines.map((line, at) => ({ ...line, couponFen: coupons.lineFen[at]! })),
  paid: { couponFen: paid.couponFen, pointsFen, storedValueFen: paid.storedValueFen },
  storeId,
  channel: paid.channel,
  payment: paid.payment,
  who,
  given: [],
})

interface Sale extends Pick<Paid, 'offset'> {
  entrySeq: number
  amountFen: number
  coupons: UsedCoupons
  earned: Earned
  at: string
}

/** The receipt as it is stored, without returns. */
function soldBy(receipt: Numbered, { entrySeq, amountFen, coupons, offset, earned, at }: Sale): PurchaseRow {
  const { memberId, storeId, receiptNo, lines, actor } = receipt
  const { couponFen, storedValueFen, channel, payment } = receipt.paid
  return {
    memberId,
    storeId,
    receiptNo,
    actor,
    entrySeq,
    amountFen,
    points: earned.points,
    lines: lines.map((line, index) => soldLine(line, earned.linePoints[index]!, coupons.lineFen[index]!)),
    paid: {
      couponFen,
      storedValueFen,
      channel,
      payment,
      ...(coupons.fen > 0 && { ownCouponFen: coupons.fen }),
      ...(offset && { offset }),
    },
    returnedFen: 0,
    returnedPoints: 0,
    forfeitedPoints: 0,
    returns: 0,
    at,
  }
}

// Each property is named: to add some to a spread object costs thirty times as much, and a receipt has many lines.
const soldLine = (
  { name, sku, category, brand, quantity, amountFen, delivery }: Line,
  points: number,
  couponFen: number,
): SoldLine =>
  ({
    name,
    sku,
    category,
    brand,
    quantity,
    amountFen,
    delivery,
    couponFen: couponFen || undefined,
    points,
    returnedQuantity: 0,
    returnedFen: 0,
  }) satisfies Record<keyof SoldLine, unknown>
