import { dayOf, isDay } from '@pointbook/shared/day'
import { memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { eq } from 'drizzle-orm'
import { send } from '../../../book/events.ts'
import type { DataKeys } from '../../../platform/data-keys.ts'
import { definedColumns } from '../../../platform/database/defined-columns.ts'
import { inTransaction } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { writeChoice } from '../consents/write.ts'
import { lockMember } from '../directory/lock.ts'
import { addressColumns, addressOf, birthdayColumns, birthdayOf } from '../directory/personal-data.ts'
import type { MemberRow } from '../directory/store.ts'
import { members } from '../directory/tables.ts'
import { countPicture } from './pictures.ts'

export interface ProfileChange {
  nickname?: string
  sex?: MemberRow['sex']
  birthday?: string
  address?: string
  /** A picture as base64. */
  avatar?: string
}

export const profileOf = (keys: DataKeys, member: MemberRow) => ({
  nickname: member.nickname,
  avatarUrl: member.avatarUrl,
  sex: member.sex,
  birthday: birthdayOf(keys, member),
  address: addressOf(keys, member),
})

type Profile = ReturnType<typeof profileOf>

export const missingFrom = ({ sex, birthday, address }: Pick<Profile, 'sex' | 'birthday' | 'address'>) => [
  ...(sex === 'unknown' ? (['sex'] as const) : []),
  ...(birthday === null ? (['birthday'] as const) : []),
  ...(address.trim() === '' ? (['address'] as const) : []),
]

/**
 * Changes the listed fields. `completed` when this change fills the last gap; then `profile.completed` is added to the outbox.
 * Month and day of the birthday can be set once, because gifts depend on them: `member.birthday-set`. A missing year can be added.
 * Whoever tells the birthday allows its use, and finds that in the history of consents.
 */
export async function changeProfile(
  server: Server,
  memberId: number,
  change: ProfileChange,
): Promise<{ member: MemberRow; completed: boolean }> {
  const { db, keys, files, clock } = server
  const { avatar, nickname, sex, birthday, address } = change
  if (birthday !== undefined) requireBirthday(server, birthday)
  if (avatar !== undefined) await countPicture(server, memberId)
  const values = definedColumns({
    nickname,
    sex,
    ...(birthday !== undefined && {
      ...birthdayColumns(keys, birthday),
      birthdaySetOn: dayOf(clock.now(), server.offsetMinutes),
    }),
    ...(address !== undefined && addressColumns(keys, address)),
    avatarUrl: avatar === undefined ? undefined : await files.keepPicture(avatar, 'avatar'),
  })
  return inTransaction(db, async (tx) => {
    const before = await lockMember(tx, memberId)
    const known = birthdayOf(keys, before)
    // A member who has deleted the birthday has set one once.
    if (known === null && birthday !== undefined && before.birthdaySetOn !== null)
      throw new Refusal('member.birthday-set')
    if (known !== null && birthday !== undefined) {
      if (!mayFollow(known, birthday)) throw new Refusal('member.birthday-set')
      Object.assign(values, birthdayColumns(keys, birthday.length > known.length ? birthday : known))
      delete values.birthdaySetOn
    }
    const after = { ...before, ...values }
    if (Object.keys(values).length > 0) await tx.update(members).set(values).where(eq(members.id, memberId))
    if (birthday !== undefined && !before.choices.birthday?.allowed) {
      const how = { place: 'profile', by: memberRef(memberId), at: clock.now() } as const
      await writeChoice(tx, before, { purpose: 'birthday', allowed: true }, how)
    }
    const completed =
      missingFrom(profileOf(keys, before)).length > 0 && missingFrom(profileOf(keys, after)).length === 0
    if (before.avatarUrl && after.avatarUrl !== before.avatarUrl)
      await send(tx, 'picture.replaced', { url: before.avatarUrl }, clock.now())
    if (completed) await send(tx, 'profile.completed', { memberId }, clock.now())
    return { member: after, completed }
  })
}

/** Whether a birthday is the known one, with or without its year; a year that was not known may be added. */
const mayFollow = (known: string, birthday: string) => known.endsWith(birthday) || birthday.endsWith(known)

/** Throws `birthday.invalid` for what is no day, lies in the future or before 1900. */
export function requireBirthday({ clock, offsetMinutes }: Server, birthday: string) {
  // Without a year, 29 February is a birthday too.
  const on = birthday.length === 5 ? `2000-${birthday}` : birthday
  const possible = isDay(on) && on >= '1900-01-01' && on <= dayOf(clock.now(), offsetMinutes)
  if (!possible) throw new Refusal('birthday.invalid')
}
