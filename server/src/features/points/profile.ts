import { dayOf } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { eq } from 'drizzle-orm'
import type { House } from '../../outside.ts'
import { members } from '../members/tables.ts'
import type { Profile } from './earn.ts'

/** What the rules may know of a member beyond the account. Throws `member.unknown`. */
export async function readProfile({ db, offsetMinutes }: House, memberId: number): Promise<Profile> {
  const { tags, birthday, joinedAt } = members
  const [found] = await db.select({ tags, birthday, joinedAt }).from(members).where(eq(members.id, memberId))
  if (!found) throw new Refusal('member.unknown')
  return { tags: found.tags, birthday: found.birthday, joinedOn: dayOf(found.joinedAt, offsetMinutes) }
}
