import type { Instant } from '@pointbook/shared/day'
import { share, yuan } from '@pointbook/shared/money'
import { type ActorRef, memberRef, purchaseRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { viewAfter } from '../../../book/batch-rows.ts'
import { log, put, row } from '../../../book/changes.ts'
import { message } from '../../../book/events.ts'
import { type Change, type DecisionContext, move } from '../../../book/move.ts'
import { touchesOf } from '../../../book/part.ts'
import { account, loggedOfMerchant, lots, posted } from '../../../book/tables.ts'
import type { View } from '../../../book/view.ts'
import { giveBack } from '../../../core/assets/changes.ts'
import type { Draw } from '../../../core/assets/posting.ts'
import { withRedates } from '../../../core/assets/redate.ts'
import type { CapUse } from '../../../core/earning/caps.ts'
import { countBought } from '../../../core/ledger/bought.ts'
import type { Explanation, Posting } from '../../../core/ledger/points.ts'
import type { Reclaimed } from '../../../core/ledger/reclaim.ts'
import { requireShown, type Shown } from '../../../core/ledger/shown.ts'
import { backBy, sliceOf } from '../../../core/purchases/offset.ts'
import {
  isAllBack,
  netOf,
  pointsDue,
  type ReturnedLine,
  takeBack,
  wrongAmount,
} from '../../../core/purchases/returns.ts'
import { type Earning, heirPart, holdingFor, holdingPart } from '../../members/identities/pass-on.ts'
import { accountOf, endLapsed, entryHeader } from '../../points/ledger/moves.ts'
import { returnedCouponPart, type UsedCoupon } from '../../spending/coupons/use.ts'
import { capUsePart } from '../events/earn.ts'
import { claimText, claimTexts } from './claim-words.ts'
import { type Extended, moneyLeft, otherwiseFen, shortened } from './extension.ts'
import { amountOf } from './receipt.ts'
import { type PurchaseRow, purchases, returns } from './tables.ts'

export interface Return extends Earning {
  storeId: number
  receiptNo: string
  lines: ReturnedLine[]
  /** The store that takes the goods back, where the receipt's own has closed. */
  takenAt?: number
  /** The draws of the entry that paid with points, read before the move: draws never change. */
  draws?: Draw[]
  /** The coupons that the purchase has used, read before the move. */
  coupons?: UsedCoupon[]
  /** The cap use of the purchase, read before the move: its explanations and its policy never change. */
  caps?: CapUse[]
  /** The lots that the purchase has extended, read before the move. */
  extended?: Extended[]
  /** The money and the points that the till showed. */
  shown?: Shown<'refundFen' | 'points' | 'forfeited' | 'owed' | 'letGo' | 'lapsed'>
  /** Why the merchant takes the goods back, for the audit log. */
  reason?: string
  actor: ActorRef
  requestId: string
}

export interface Returned {
  seq: number
  amountFen: number
  /** The money to refund: the part of the amount that neither coupon nor points had paid. */
  refundFen: number
  /** For a purchase paid with points: the points given back, their worth, and how many of them are past their last day. */
  offset?: { points: number; fen: number; lapsed: number }
  points: number
  taken: number
  forfeited: number
  owed: number
  letGo: number
  balance: number
}

const partsOf = (input: Return, context: DecisionContext) => ({
  holding: holdingPart(holdingFor(input)),
  payment: paymentPart(input, context),
  coupons: returnedCouponPart(input.coupons ?? [], holdingFor(input).memberId),
  caps: capUsePart(input.caps ?? [], holdingFor(input).memberId),
})

type Parts = ReturnType<typeof partsOf>

/**
 * Records a return: gives back the offset points and takes back the earned points, by the figures of the purchase and never by
 * today's rules.
 */
export const returnPurchase = move<Return, Returned>('purchases.return', {
  member: ({ memberId }) => memberId,
  key: ({ requestId }) => `return/${requestId}`,
  same: ({ storeId, receiptNo, lines }) => [storeId, receiptNo, lines],
  touches: (input, context) => [row(purchases, input.storeId, input.receiptNo), ...touchesOf(partsOf(input, context))],
  decide(view, input, context) {
    const { holding, payment, coupons, caps } = partsOf(input, context)
    const { memberId, storeId, receiptNo, actor } = input
    const sold = view.get(purchases, storeId, receiptNo)
    if (!sold || sold.memberId !== memberId) throw new Refusal('receipt.unknown')
    const amountFen = amountOf(input.lines)
    if (amountFen === 0 && input.lines.every((line) => line.quantity === 0)) throw new Refusal('return.empty')
    const lines = takeBack(sold.lines, input.lines)
    if (!lines) throw new Refusal('return.exceeds')
    const wrong = wrongAmount(sold.lines, input.lines)
    if (wrong) throw new Refusal('return.wrong-amount', { ...wrong, cost: yuan(wrong.costFen) })
    // Points taken in a case count as returned already.
    const points = Math.max(0, pointsDue(lines) - sold.returnedPoints)
    const nets = { before: netOf(sold.lines), after: netOf(lines) }
    const refundFen = refundOf(sold, nets)
    const back = payment.giveBack(view, sold, nets)
    const then = viewAfter(view, back.changes)
    const claimed = claimBack(then, holding, input, context, { sold, amountFen, points })
    requireAsShown(input, { refundFen, points, ...claimed, ...back.reply })
    const after = {
      ...sold,
      lines,
      returnedFen: sold.returnedFen + amountFen,
      returnedPoints: sold.returnedPoints + points,
      forfeitedPoints: sold.forfeitedPoints + claimed.forfeited,
      returns: sold.returns + 1,
    }
    const { posting, ...parts } = claimed
    const whole = isAllBack(lines) && !isAllBack(sold.lines)
    const month = context.dayOf(sold.at).slice(0, 7)
    const counted = { ...posting, account: countBought(posting.account, month, -amountFen, whole ? -1 : 0) }
    const settled = withRedates(counted, shorten(then, input, after, counted, context))
    const { seq, balance } = posting.account
    const note = {
      storeId,
      receiptNo,
      returnNo: after.returns,
      memberId: posting.account.memberId,
      entrySeq: seq,
      amountFen,
      points,
      lines: input.lines,
      actor,
      at: context.now,
      refundFen,
      takenAt: input.takenAt ?? null,
    }
    const event = message(
      'purchase.returned',
      { memberId, storeId, receiptNo, leftFen: after.amountFen - after.returnedFen },
      context.now,
    )
    const outcome = { seq, amountFen, refundFen, ...back.reply, points, ...parts, balance }
    return {
      changes: [
        ...back.changes,
        ...posted(settled),
        ...freed(view, caps, sold, after, parts.letGo),
        ...coupons.undo(view, purchaseRef(sold), { whole, fen: refundFen }),
        put(purchases, after),
        log(returns, note),
        event,
        ...logLine(input, outcome, context.now),
      ],
      outcome,
    }
  },
})

/** The line of a return that the merchant makes. */
function logLine({ memberId, receiptNo, reason, actor }: Return, outcome: Returned, at: Instant): Change[] {
  const text = `小票 ${receiptNo} 退货，退款 ${yuan(outcome.refundFen)} 元，${claimText(outcome)}：${reason}`
  return loggedOfMerchant(at, { actor, action: 'purchase.return', subject: memberRef(memberId), text })
}

/** Compares all that the person read of the return before they confirmed it. */
function requireAsShown(
  { shown = {} }: Return,
  now: Pick<Returned, 'refundFen' | 'points' | 'forfeited' | 'owed' | 'letGo' | 'offset'>,
) {
  const { refundFen, points, forfeited, owed, letGo, offset } = now
  const figures = { refundFen, points, forfeited, owed, letGo, lapsed: offset?.lapsed ?? 0 }
  const claim = claimTexts(now)
    .map((text) => `、${text}`)
    .join('')
  requireShown('return.changed', shown, figures, { refund: yuan(refundFen), claim })
}

/** Undoes the extensions of the purchase when too little of it is left. */
function shorten(
  view: View,
  input: Return,
  after: PurchaseRow,
  { account, lots: claimed }: Posting,
  context: DecisionContext,
) {
  const { memberId, actor } = input
  if (account.memberId !== memberId) return null
  const now = new Map(claimed.map((lot) => [lot.seq, lot]))
  const memberLots = view.range(lots, memberId).map((lot) => now.get(lot.seq) ?? lot)
  const open = memberLots.filter(({ remaining }) => remaining > 0)
  const header = entryHeader(context, 'extension', purchaseRef(after), actor)
  return shortened(account, open, input.extended ?? [], moneyLeft(after, after.returnedFen), header)
}

/** Reduces the cap counters by the points taken back. Points let go stay with the member and stay counted. */
function freed(view: View, caps: Parts['caps'], before: PurchaseRow, after: PurchaseRow, letGo: number): Change[] {
  const points = after.returnedPoints - before.returnedPoints
  if (points === 0) return []
  const backOf = (used: number, { returnedPoints }: PurchaseRow) =>
    share(used, returnedPoints, before.points, 'nearest')
  return caps.free(view, (used) => share(backOf(used, after) - backOf(used, before), points - letGo, points, 'down'))
}

/** A part that gives back the points that paid for what is returned, each to the very lot it came from. */
function paymentPart(input: Return, context: DecisionContext) {
  const { memberId, draws = [] } = input
  const heir = heirPart(memberId, holdingFor(input).memberId, context)
  // The lots that paid, which may be empty, and who their points go on to.
  const paid = [account(memberId), ...heir.touches, ...draws.map(({ lotSeq }) => row(lots, memberId, lotSeq))]
  return {
    touches: draws.length === 0 ? [] : paid,
    giveBack: (view: View, sold: PurchaseRow, nets: Nets) => givePaymentBack(view, heir, input, sold, nets, context),
  }
}

/** The money of the lines after their own coupons, before and after this return. */
interface Nets {
  before: ReturnType<typeof netOf>
  after: ReturnType<typeof netOf>
}

/** The part of a figure that is due now, in proportion to the money that goes back. */
const partOf = (whole: number, { before, after }: Nets): number =>
  backBy(whole, after.backFen, after.netFen) - backBy(whole, before.backFen, before.netFen)

/** What neither coupons nor points paid. */
export const moneyOf = ({ amountFen, paid }: Pick<PurchaseRow, 'amountFen' | 'paid'>): number =>
  amountFen - Math.min(amountFen, otherwiseFen(paid))

function refundOf(sold: PurchaseRow, nets: Nets): number {
  const nowFen = nets.after.backFen - nets.before.backFen
  return nowFen - partOf(nets.before.netFen - moneyOf(sold), nets)
}

function givePaymentBack(
  view: View,
  heir: ReturnType<typeof heirPart>,
  input: Return,
  sold: PurchaseRow,
  nets: Nets,
  context: DecisionContext,
): { changes: Change[]; reply?: Pick<Returned, 'offset'> } {
  const { offset } = sold.paid
  if (!offset) return { changes: [] }
  const before = backBy(offset.points, nets.before.backFen, nets.before.netFen)
  const points = partOf(offset.points, nets)
  const fen = partOf(offset.fen, nets)
  if (points === 0) return { changes: [], reply: { offset: { points, fen, lapsed: 0 } } }
  const draws = sliceOf(input.draws ?? [], before, before + points)
  const drawnLots = draws.map(({ lotSeq }) => view.get(lots, sold.memberId, lotSeq)!)
  const header = entryHeader(context, 'offset-return', purchaseRef(sold), input.actor)
  const giveBackPosting = giveBack(accountOf(view, sold.memberId), drawnLots, draws, header)
  const { posting, lapsed } = endLapsed(giveBackPosting, holdingFor(input).memberId, context)
  const { changes } = heir.handOn(view, input.actor, posting)
  return { changes, reply: { offset: { points, fen, lapsed } } }
}

function claimBack(
  view: View,
  holding: Parts['holding'],
  input: Return,
  context: DecisionContext,
  { sold, amountFen, points }: { sold: PurchaseRow; amountFen: number; points: number },
): Reclaimed {
  const why: Explanation[] = [
    {
      rule: '@return',
      points: -points,
      because: { type: 'proportion', amountFen, ofFen: sold.amountFen, given: sold.points },
    },
  ]
  return holding.reclaim(view, context.today, entryHeader(context, 'return', purchaseRef(sold), input.actor), {
    points,
    month: context.dayOf(sold.at).slice(0, 7),
    forfeitedBefore: sold.forfeitedPoints,
    rule: context.policy.returns,
    why,
  })
}
