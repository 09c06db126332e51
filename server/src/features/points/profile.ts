import { dayOf } from '@pointbook/shared/day'
import type { House } from '../../outside.ts'
import { readTraits, type Traits } from '../members/store.ts'
import type { Profile } from './earn.ts'

/** What the rules may know of a member beyond the account. */
export const profileFor = (
  { tags, birthday, joinedAt }: Pick<Traits, 'tags' | 'birthday' | 'joinedAt'>,
  offsetMinutes: number,
): Profile => ({
  tags,
  birthday,
  joinedOn: dayOf(joinedAt, offsetMinutes),
})

/** As `profileFor`; throws `member.unknown`. */
export async function readProfile({ db, offsetMinutes }: House, memberId: number): Promise<Profile> {
  return profileFor(await readTraits(db, memberId), offsetMinutes)
}
