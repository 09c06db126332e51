import { Refusal } from '@pointbook/shared/refusals'
import type { Line } from '../../core/earning-event.ts'
import type { House } from '../../outside.ts'
import { readMember } from '../members/store.ts'
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
  const member = await readMember(db, memberId)
  if (!member) throw new Refusal('member.unknown')
  return { profile: profileFor(member, offsetMinutes), invited: isInvited(member.source) }
}

export const purchaseRef = ({ storeId, receiptNo }: { storeId: number; receiptNo: string }): string =>
  `${storeId}/${receiptNo}`

export const amountOf = (lines: readonly { amountFen: number }[]): number =>
  lines.reduce((sum, line) => sum + line.amountFen, 0)
