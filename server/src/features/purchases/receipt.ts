import type { Setting } from '../../book/move.ts'
import type { View } from '../../book/view.ts'
import type { Line } from '../../core/earning-event.ts'
import { isInvited } from '../members/words.ts'
import { noProfile, type Profile } from '../points/earn.ts'
import { profileFor, traitsIn } from '../points/profile.ts'
import type { HowPaid } from './tables.ts'

export interface Receipt {
  memberId: number
  storeId: number
  receiptNo: string
  lines: Line[]
  paid: HowPaid
  actor: string
  /** Read from the member when left out; a history knows nothing of its members. */
  buyer?: Buyer
}

export interface Buyer {
  profile: Profile
  /** Brought by a friend: whoever rewards them is told of the purchase. */
  invited: boolean
}

export const unknownBuyer: Buyer = { profile: noProfile, invited: false }

/** Throws `member.unknown`. */
export function buyerIn(view: View, memberId: number, setting: Setting): Buyer {
  const traits = traitsIn(view, memberId)
  return { profile: profileFor(traits, setting.dayOf), invited: isInvited(traits.source) }
}

export const purchaseRef = ({ storeId, receiptNo }: { storeId: number; receiptNo: string }): string =>
  `${storeId}/${receiptNo}`

export const amountOf = (lines: readonly { amountFen: number }[]): number =>
  lines.reduce((sum, line) => sum + line.amountFen, 0)
