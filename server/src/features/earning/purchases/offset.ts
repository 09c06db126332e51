import { dayOf } from '@pointbook/shared/day'
import { yuan } from '@pointbook/shared/money'
import { offsetFen } from '@pointbook/shared/offset'
import { offsetText } from '@pointbook/shared/policy-words/using'
import { purchaseRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import type { DecisionContext } from '../../../book/move.ts'
import { lots, openLots } from '../../../book/tables.ts'
import type { View } from '../../../book/view.ts'
import { spend } from '../../../core/assets/changes.ts'
import { usableAmount } from '../../../core/assets/lots.ts'
import { nothing } from '../../../core/assets/posting.ts'
import type { Account, Explanation, Posting } from '../../../core/ledger/points.ts'
import { requireShown } from '../../../core/ledger/shown.ts'
import { mostFor, offsetFault, type Payable } from '../../../core/purchases/offset.ts'
import type { Server } from '../../../server.ts'
import { entryHeader } from '../../points/ledger/moves.ts'
import { readOpenLots } from '../../points/ledger/store.ts'
import { policyInForce } from '../../points/policy/store.ts'
import { amountOf, type Numbered, type Receipt } from './receipt.ts'
import type { Paid } from './tables.ts'

/** `ownFen`: what the member's own coupons take off, besides what the till reports. */
const payableOf = ({ lines, paid }: Receipt, ownFen: number): Payable => ({
  ...paid,
  couponFen: paid.couponFen + ownFen,
  amountFen: amountOf(lines),
})

/** A part in which points pay some of the purchase. */
export const offsetPart = (receipt: Receipt, context: DecisionContext) => ({
  // Empty when no points are used, so that most purchases read no lots.
  touches: receipt.paid.offsetPoints > 0 ? [openLots(receipt.memberId)] : [],
  /** Pays with the points that the till requests, after what own coupons take off. Throws a refusal when that is not possible. */
  pay: (view: View, before: Account, receiptNo: string, ownFen: number) =>
    pay(view, before, { ...receipt, receiptNo }, ownFen, context),
})

function pay(
  view: View,
  before: Account,
  receipt: Numbered,
  ownFen: number,
  context: DecisionContext,
): { posting: Posting; offset?: Paid['offset'] } {
  const { memberId, actor } = receipt
  const { offsetPoints: points } = receipt.paid
  const { today, policy } = context
  if (points === 0) return { posting: nothing(before) }
  const memberLots = view.range(lots, memberId)
  const fault = offsetFault(policy.offset, payableOf(receipt, ownFen), points, usableAmount(memberLots, today))
  if (fault) throw new Refusal(...fault)
  const fen = offsetFen(policy.offset!, points)
  requireShown('offset.changed', receipt.shown ?? {}, { offsetFen: fen }, { offsetPoints: points, worth: yuan(fen) })
  const why: Explanation[] = [{ rule: '@offset', points: -points, because: { type: 'offset', points, fen } }]
  const header = entryHeader(context, 'offset', purchaseRef(receipt), actor)
  const posting = spend(before, memberLots, today, header, points, 'spend', why)!
  return { posting, offset: { points, fen, entrySeq: posting.account.seq } }
}

/** The figures of a previewed purchase. */
interface Preview {
  couponsFen?: number
  offset?: { points: number; fen: number }
}

/**
 * The points that a purchase uses and the most it could use, for the clerk's choice; undefined when the shop does not offer it.
 */
export async function offsetPreview(
  { db, clock, offsetMinutes }: Server,
  receipt: Receipt,
  { couponsFen = 0, offset: used = { points: 0, fen: 0 } }: Preview,
) {
  const now = clock.now()
  const [{ document }, memberLots] = await Promise.all([policyInForce(db, now), readOpenLots(db, receipt.memberId)])
  const { offset } = document
  if (!offset) return undefined
  const most = mostFor(offset, payableOf(receipt, couponsFen), usableAmount(memberLots, dayOf(now, offsetMinutes)))
  const { minimumPoints: leastPoints, stepPoints } = offset
  return { ...used, mostPoints: most.points, mostFen: most.fen, leastPoints, stepPoints, terms: offsetText(offset) }
}
