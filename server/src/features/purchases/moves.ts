import { Refusal } from '@pointbook/shared/refusals'
import { move, type Setting } from '../../book/move.ts'
import { account, message, posted, put, row } from '../../book/tables.ts'
import type { View } from '../../book/view.ts'
import { countBought } from '../../core/bought.ts'
import type { EarningEvent, Line } from '../../core/earning-event.ts'
import { usableFrom } from '../../core/expiry.ts'
import { type Account, credit, type Why } from '../../core/points.ts'
import type { Reclaimed } from '../../core/reclaim.ts'
import { pointsDue, type ReturnedLine, type SoldLine, takeBack } from '../../core/returns.ts'
import { type Earning, held, holdingFor, reclaimHeld } from '../merging/pass-on.ts'
import { capTouches, earnWithin, type Profile } from '../points/earn.ts'
import { extend, extendTouches } from '../points/extend.ts'
import { activeAccountOf, earning, occasion } from '../points/moves.ts'
import { raised, tierNow, tierTouch } from '../points/tiers.ts'
import { type HowPaid, purchases, returns } from './tables.ts'

export interface Receipt {
  memberId: number
  storeId: number
  receiptNo: string
  lines: Line[]
  paid: HowPaid
  profile: Profile
  actor: string
}

export interface Recorded {
  seq: number
  points: number
  amountFen: number
  balance: number
  expiresOn: string | null
  policyVersion: number
  why: Why[]
}

export const purchaseRef = ({ storeId, receiptNo }: { storeId: number; receiptNo: string }): string =>
  `${storeId}/${receiptNo}`

export const amountOf = (lines: readonly { amountFen: number }[]): number =>
  lines.reduce((sum, line) => sum + line.amountFen, 0)

/** Records a purchase and gives what the rules in force say. A receipt counts once in its store, whoever presents it. */
export const recordPurchase = move<Receipt, Recorded>('purchases.record', {
  member: ({ memberId }) => memberId,
  key: (receipt) => `purchase/${purchaseRef(receipt)}`,
  same: ({ lines, paid }) => [lines, paid.couponFen, paid.storedValueFen],
  reused: 'receipt.taken',
  touches: ({ memberId, storeId, receiptNo }, setting) => [
    account(memberId),
    tierTouch(memberId),
    row(purchases, storeId, receiptNo),
    ...capTouches(setting, { memberId, trigger: 'purchase', code: '' }),
    ...extendTouches(setting, memberId, 'purchase'),
  ],
  decide(view, receipt, setting) {
    const { memberId, storeId, receiptNo, actor } = receipt
    if (view.get(purchases, storeId, receiptNo)) throw new Refusal('receipt.taken')
    const before = activeAccountOf(view, memberId)
    const amountFen = amountOf(receipt.lines)
    const { earned, counted } = earnWithin(view, setting, memberId, purchaseEvent(view, receipt, before, setting))
    const { points, linePoints, why } = earned
    const gift = earning(setting, 'purchase', points, why, usableFrom(setting.policy, setting.today))
    const bought = countBought(before, setting.today.slice(0, 7), amountFen, 1)
    const buyer = { ...bought, purchases: before.purchases + 1 }
    const given = credit(buyer, occasion(setting, 'purchase', purchaseRef(receipt), actor), gift)
    const posting = extend(view, setting, given, 'purchase')
    const seq = before.seq + 1
    const lines = receipt.lines.map(
      (line, index): SoldLine => ({ ...line, points: linePoints[index]!, returnedQuantity: 0, returnedFen: 0 }),
    )
    const sold = {
      storeId,
      receiptNo,
      memberId,
      entrySeq: seq,
      amountFen,
      points,
      lines,
      paid: receipt.paid,
      returnedFen: 0,
      returnedPoints: 0,
      forfeitedPoints: 0,
      returns: 0,
      actor,
      at: setting.now,
    }
    const recorded = message(
      'purchase.recorded',
      { memberId, storeId, receiptNo, amountFen, seq, first: before.purchases === 0 },
      setting.now,
    )
    return {
      changes: [
        ...posted(posting),
        ...raised(view, setting, posting.account),
        ...counted,
        put(purchases, sold),
        recorded,
      ],
      outcome: {
        seq,
        points,
        amountFen,
        balance: posting.account.balance,
        expiresOn: gift.expiresOn,
        policyVersion: setting.policyVersion,
        why,
      },
    }
  },
})

const purchaseEvent = (
  view: View,
  { lines, paid, storeId, profile }: Receipt,
  before: Account,
  setting: Setting,
): EarningEvent => ({
  trigger: 'purchase',
  code: '',
  lines,
  paid: { ...paid, pointsFen: 0 },
  storeId,
  channel: paid.channel,
  payment: paid.payment,
  on: setting.today,
  minute: setting.minute,
  who: { ...profile, purchases: before.purchases, tierId: tierNow(view, setting, before)?.id ?? null },
  given: [],
})

export interface Return extends Earning {
  storeId: number
  receiptNo: string
  lines: ReturnedLine[]
  actor: string
  requestId: string
}

export interface Returned {
  seq: number
  amountFen: number
  points: number
  taken: number
  forfeited: number
  owed: number
  letGo: number
  balance: number
}

/** Takes goods back and with them the points they earned, by the purchase's own figures, never by today's rules. */
export const returnPurchase = move<Return, Returned>('purchases.return', {
  member: ({ memberId }) => memberId,
  key: ({ requestId }) => `return/${requestId}`,
  same: ({ storeId, receiptNo, lines }) => [storeId, receiptNo, lines],
  touches: (input) => [...held(holdingFor(input)), row(purchases, input.storeId, input.receiptNo)],
  decide(view, input, setting) {
    const { memberId, storeId, receiptNo, actor } = input
    const sold = view.get(purchases, storeId, receiptNo)
    if (!sold || sold.memberId !== memberId) throw new Refusal('receipt.unknown')
    const amountFen = amountOf(input.lines)
    if (amountFen === 0 && input.lines.every((line) => line.quantity === 0)) throw new Refusal('return.empty')
    const lines = takeBack(sold.lines, input.lines)
    if (!lines) throw new Refusal('return.exceeds')
    // Points taken back as unlawful count as returned, before the goods come.
    const points = Math.max(0, pointsDue(lines) - sold.returnedPoints)
    const claimed = claimBack(view, input, setting, { sold, amountFen, points })
    const after = {
      ...sold,
      lines,
      returnedFen: sold.returnedFen + amountFen,
      returnedPoints: sold.returnedPoints + points,
      forfeitedPoints: sold.forfeitedPoints + claimed.forfeited,
      returns: sold.returns + 1,
    }
    const { posting, ...parts } = claimed
    const whole = after.returnedFen === after.amountFen && lines.every((line) => line.returnedFen === line.amountFen)
    const month = setting.dayOf(sold.at).slice(0, 7)
    const settled = { ...posting, account: countBought(posting.account, month, -amountFen, whole ? -1 : 0) }
    const { seq } = posting.account
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
      at: setting.now,
    }
    const told = message(
      'purchase.returned',
      { memberId, storeId, receiptNo, whole, leftFen: after.amountFen - after.returnedFen },
      setting.now,
    )
    return {
      changes: [...posted(settled), put(purchases, after), put(returns, note), told],
      outcome: { seq, amountFen, points, ...parts, balance: posting.account.balance },
    }
  },
})

type Sold = typeof purchases extends { keyOf(row: infer R): unknown } ? R : never

function claimBack(
  view: View,
  input: Return,
  setting: Setting,
  { sold, amountFen, points }: { sold: Sold; amountFen: number; points: number },
): Reclaimed {
  const why: Why[] = [
    {
      rule: '@return',
      points: -points,
      because: { type: 'proportion', amountFen, ofFen: sold.amountFen, given: sold.points },
    },
  ]
  return reclaimHeld(
    view,
    holdingFor(input),
    setting.today,
    occasion(setting, 'return', purchaseRef(sold), input.actor),
    {
      points,
      month: setting.dayOf(sold.at).slice(0, 7),
      forfeitedBefore: sold.forfeitedPoints,
      rule: setting.policy.returns,
      why,
    },
  )
}
