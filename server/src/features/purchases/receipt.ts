import type { Line } from '../../core/earning-event.ts'
import type { House } from '../../outside.ts'
import { readTraits } from '../members/store.ts'
import { isInvited } from '../members/words.ts'
import type { Profile } from '../points/earn.ts'
import { profileFor } from '../points/profile.ts'
import type { HowPaid } from './tables.ts'

export interface Receipt {
  memberId: number
  storeId: number
  receiptNo: string
  lines: Line[]
  paid: HowPaid
  profile: Profile
  /** Brought by a friend: whoever rewards them is told of the purchase. */
  invited: boolean
  actor: string
}

/** What a receipt says of its member beyond the number; throws `member.unknown`. */
export async function readBuyer(
  { db, offsetMinutes }: House,
  memberId: number,
): Promise<Pick<Receipt, 'profile' | 'invited'>> {
  const traits = await readTraits(db, memberId)
  return { profile: profileFor(traits, offsetMinutes), invited: isInvited(traits.source) }
}

export const purchaseRef = ({ storeId, receiptNo }: { storeId: number; receiptNo: string }): string =>
  `${storeId}/${receiptNo}`

export const amountOf = (lines: readonly { amountFen: number }[]): number =>
  lines.reduce((sum, line) => sum + line.amountFen, 0)
