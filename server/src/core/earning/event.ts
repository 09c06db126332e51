import type { Channel, PaymentMethod, Trigger } from '@pointbook/shared/contract/points/earning-rule'
import type { Day } from '@pointbook/shared/day'
import type { Explanation } from '../ledger/points.ts'

export interface Line {
  name: string
  sku?: string
  category?: string
  brand?: string
  quantity: number
  /** Price of the whole line after the shop's own discounts, before coupons and points, fen. */
  amountFen: number
  /** What the member's own coupons took off it, fen; absent for nothing. */
  couponFen?: number | undefined
  /** This line is the delivery fee. */
  delivery?: true
}

/** Payments other than money and own coupons, fen. They are spread over the lines by their amounts. */
export interface Paid {
  couponFen: number
  pointsFen: number
  storedValueFen: number
}

/** The member as the rules see them, before the event. */
export interface Who {
  purchases: number
  tierId: string | null
  tags: readonly string[]
  /** The member wants nothing that is chosen by the tags. */
  noPersonalOffers?: boolean | undefined
  /** Rules use its month and day only. */
  birthday: Day | null
  joinedOn: Day | null
}

/** Something that may earn: a purchase with its lines, or an act with one nameless line. All that a rule may look at. */
export interface EarningEvent {
  trigger: Trigger
  /** Which activity or custom event; '' for none. */
  code: string
  lines: readonly Line[]
  paid: Paid
  /** 0 for none. */
  storeId: number
  channel: Channel | null
  payment: PaymentMethod | null
  on: Day
  /** Minutes since midnight at the shop. */
  minute: number
  who: Who
  /** Points that the event gives before any rule, such as those of a check-in. */
  given: readonly Explanation[]
}

export const nothingElse: Paid = { couponFen: 0, pointsFen: 0, storedValueFen: 0 }

/** The one line of an event without goods. */
export const act = (amountFen = 0, quantity = 1): Line[] => [{ name: '', quantity, amountFen }]
