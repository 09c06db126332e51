import { dayOf } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import type { House } from '../../outside.ts'
import { type MemberRow, readMember } from '../members/store.ts'
import type { Profile } from './earn.ts'

/** What the rules may know of a member beyond the account. */
export const profileFor = ({ tags, birthday, joinedAt }: MemberRow, offsetMinutes: number): Profile => ({
  tags,
  birthday,
  joinedOn: dayOf(joinedAt, offsetMinutes),
})

/** As `profileFor`; throws `member.unknown`. */
export async function readProfile({ db, offsetMinutes }: House, memberId: number): Promise<Profile> {
  const found = await readMember(db, memberId)
  if (!found) throw new Refusal('member.unknown')
  return profileFor(found, offsetMinutes)
}
