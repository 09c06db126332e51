import { dayOf, isDay } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { and, eq, isNull, or } from 'drizzle-orm'
import type { House } from '../../outside.ts'
import { type MemberRow, readMember } from './store.ts'
import { members } from './tables.ts'

export interface ProfileChange {
  nickname?: string
  sex?: MemberRow['sex']
  birthday?: string
  address?: string
  /** A picture as base64. */
  avatar?: string
}

export const profileOf = ({ nickname, avatarUrl, sex, birthday, address }: MemberRow) => ({
  nickname,
  avatarUrl,
  sex,
  birthday,
  address,
})

/** Changes what is given. The birthday can be set once, because presents hang on it: `member.birthday-set`. */
export async function changeProfile(house: House, memberId: number, change: ProfileChange): Promise<MemberRow> {
  const { db, files } = house
  const { avatar, nickname, ...rest } = change
  if (rest.birthday !== undefined) requireBirthday(house, rest.birthday)
  const values = {
    ...rest,
    ...(nickname !== undefined && { nickname: nickname.trim() }),
    ...(avatar !== undefined && { avatarUrl: await files.keepPicture(avatar) }),
  }
  const unset =
    rest.birthday === undefined ? undefined : or(isNull(members.birthday), eq(members.birthday, rest.birthday))
  if (Object.keys(values).length > 0) {
    const [result] = await db
      .update(members)
      .set(values)
      .where(and(eq(members.id, memberId), unset))
    if (result.affectedRows === 0 && unset) throw new Refusal('member.birthday-set')
  }
  const after = await readMember(db, memberId)
  if (!after) throw new Refusal('member.unknown')
  return after
}

function requireBirthday({ clock, offsetMinutes }: House, birthday: string) {
  const possible = isDay(birthday) && birthday >= '1900-01-01' && birthday <= dayOf(clock.now(), offsetMinutes)
  if (!possible) throw new Refusal('birthday.invalid')
}
