import { type Day, dayOf, type Instant } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { row } from '../../../book/changes.ts'
import type { DecisionContext } from '../../../book/move.ts'
import type { View } from '../../../book/view.ts'
import type { Server } from '../../../server.ts'
import { isAllowed, mayPersonalise } from '../../members/directory/allowed.ts'
import { readMember } from '../../members/directory/store.ts'
import { type Traits, traits } from '../../members/directory/tables.ts'
import type { Profile } from './earn.ts'

/** Facts about a member that rules use besides the account. */
export const profileFor = (
  member: Pick<Traits, 'tags' | 'birthMonthDay' | 'choices' | 'joinedAt'>,
  dayAt: (at: Instant) => Day,
): Profile => ({
  tags: member.tags,
  noPersonalOffers: !mayPersonalise(member),
  birthday: birthdayForRules(member),
  joinedOn: dayAt(member.joinedAt),
})

/**
 * A birthday as rules see it: they use month and day, so the leap year 2000 stands for the year, which is sealed. Null where the
 * member does not allow its use.
 */
const birthdayForRules = (member: Pick<Traits, 'birthMonthDay' | 'choices'>): Day | null =>
  isAllowed(member, 'birthday') ? member.birthMonthDay && `2000-${member.birthMonthDay}` : null

/** As `profileFor`; throws `member.unknown`. */
export async function readProfile({ db, offsetMinutes }: Server, memberId: number): Promise<Profile> {
  const memberRow = await readMember(db, memberId)
  if (!memberRow) throw new Refusal('member.unknown')
  return profileFor(memberRow, (at) => dayOf(at, offsetMinutes))
}

/** A part that reads its member in the round trip that the move makes anyway. */
export function traitsPart(memberId: number, { dayOf: dayAt }: DecisionContext) {
  /** Throws `member.unknown`. */
  function read(view: View): Traits {
    const traitsRow = view.get(traits, memberId)
    if (!traitsRow) throw new Refusal('member.unknown')
    return traitsRow
  }
  return {
    touches: [row(traits, memberId)],
    read,
    profile: (view: View): Profile => profileFor(read(view), dayAt),
  }
}
