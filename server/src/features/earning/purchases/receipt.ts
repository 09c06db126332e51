import { type Day, dayText } from '@pointbook/shared/day'
import { type ActorRef, purchaseRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { row, save } from '../../../book/changes.ts'
import type { Change, DecisionContext } from '../../../book/move.ts'
import type { View } from '../../../book/view.ts'
import type { Line } from '../../../core/earning/event.ts'
import type { Shown } from '../../../core/ledger/shown.ts'
import type { FoundBy } from '../../members/codes/visits.ts'
import { isInvited } from '../../members/directory/words.ts'
import type { WantedCoupon } from '../../spending/coupons/use.ts'
import { noProfile, type Profile } from '../events/earn.ts'
import { traitsPart } from '../events/traits.ts'
import { type HowPaid, purchases, receiptNumbers } from './tables.ts'

export interface Receipt {
  memberId: number
  storeId: number
  /** The till's receipt number. When it is left out, the store assigns one; this needs a request id. */
  receiptNo?: string
  /** Created once for this sale and reused in every retry. Absent in old clients and in imports. */
  requestId?: string
  /** The business day, for callers that identify a sale by its receipt number alone: a till may restart its numbers every day. */
  on?: Day
  /** How the clerk found the member; absent when there was no look-up. */
  foundBy?: FoundBy
  lines: Line[]
  paid: HowPaid
  /** The member's coupons that take something off it; absent in old clients and in imports. */
  coupons?: WantedCoupon[]
  /** The worth of the offset points, what the coupons take off, and the points earned, as the till showed them. */
  shown?: Shown<'offsetFen' | 'couponsFen' | 'points'>
  actor: ActorRef
  /** The most that the clerk may record without a second person, in fen; null or left out for no limit. */
  mostFen?: number | null
  /** A second person has agreed. */
  approved?: true
  /** Read from the member when left out; an import has no profiles. */
  buyer?: Buyer
}

export interface Buyer {
  profile: Profile
  /** The member was invited: an event about the purchase is sent, for the referral reward. */
  invited: boolean
}

export const unknownBuyer: Buyer = { profile: noProfile, invited: false }

/** A part that reads the buyer, unless the receipt has the facts. */
export function buyerPart({ memberId, buyer }: Receipt, context: DecisionContext) {
  if (buyer) return { touches: [], read: (_: View): Buyer => buyer }
  const { touches, read, profile } = traitsPart(memberId, context)
  return { touches, read: (view: View): Buyer => ({ profile: profile(view), invited: isInvited(read(view).source) }) }
}

/** A receipt that has its number. */
export type Numbered = Receipt & { receiptNo: string }

/** The key that identifies a repeated sale. */
export const saleKey = ({ storeId, receiptNo = '', requestId, on }: Receipt): string =>
  ['purchase', requestId ?? purchaseRef({ storeId, receiptNo }), ...(on ? [on] : [])].join('/')

const GIVEN = /^PB\d{6}-/

/** A part that numbers the receipt: by the till's number, which must be new in the store, or the store's next of the day. */
export const numberPart = (receipt: Receipt, context: DecisionContext) => ({
  touches: [
    receipt.receiptNo === undefined
      ? row(receiptNumbers, receipt.storeId, context.today)
      : row(purchases, receipt.storeId, receipt.receiptNo),
  ],
  number: (view: View) => numbered(view, receipt, context),
})

function numbered(view: View, receipt: Receipt, { today, dayOf }: DecisionContext): [Numbered, Change[]] {
  const { storeId, receiptNo } = receipt
  if (receiptNo === undefined) {
    const before = view.get(receiptNumbers, storeId, today)
    const serial = (before?.given ?? 0) + 1
    const ownNo = `PB${today.slice(2).replaceAll('-', '')}-${String(serial).padStart(4, '0')}`
    return [{ ...receipt, receiptNo: ownNo }, [save(receiptNumbers, before, { storeId, on: today, given: serial })]]
  }
  const before = view.get(purchases, storeId, receiptNo)
  if (before) throw takenReceipt(receiptNo, dayOf(before.at))
  if (GIVEN.test(receiptNo)) throw new Refusal('receipt.reserved')
  return [{ ...receipt, receiptNo }, []]
}

export const takenReceipt = (receiptNo: string, on: Day): Refusal =>
  new Refusal('receipt.taken', { receiptNo, on, when: dayText(on) })

export const amountOf = (lines: readonly { amountFen: number }[]): number =>
  lines.reduce((sum, line) => sum + line.amountFen, 0)
