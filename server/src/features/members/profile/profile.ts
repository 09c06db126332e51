import { dayOf, isDay } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { eq } from 'drizzle-orm'
import { send } from '../../../book/events.ts'
import { definedColumns } from '../../../platform/database/defined-columns.ts'
import { inTransaction } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
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

export const profileOf = ({ nickname, avatarUrl, sex, birthday, address }: MemberRow) => ({
  nickname,
  avatarUrl,
  sex,
  birthday,
  address,
})

export const missingFrom = ({ sex, birthday, address }: Pick<MemberRow, 'sex' | 'birthday' | 'address'>) => [
  ...(sex === 'unknown' ? (['sex'] as const) : []),
  ...(birthday === null ? (['birthday'] as const) : []),
  ...(address.trim() === '' ? (['address'] as const) : []),
]

/**
 * Changes the listed fields. `completed` when this change fills the last gap; then `profile.completed` is added to the outbox.
 * The birthday can be set once, because gifts depend on it: `member.birthday-set`.
 */
export async function changeProfile(
  server: Server,
  memberId: number,
  change: ProfileChange,
): Promise<{ member: MemberRow; completed: boolean }> {
  const { db, files, clock } = server
  const { avatar, nickname, sex, birthday, address } = change
  if (birthday !== undefined) requireBirthday(server, birthday)
  if (avatar !== undefined) await countPicture(server, memberId)
  const values = definedColumns({
    nickname,
    sex,
    birthday,
    birthdaySetOn: birthday === undefined ? undefined : dayOf(clock.now(), server.offsetMinutes),
    address,
    avatarUrl: avatar === undefined ? undefined : await files.keepPicture(avatar, 'avatar'),
  })
  return inTransaction(db, async (tx) => {
    const [before] = await tx.select().from(members).where(eq(members.id, memberId)).for('update')
    if (!before) throw new Refusal('member.unknown')
    // The same birthday again is no change.
    if (before.birthday !== null) delete values.birthdaySetOn
    const after = { ...before, ...values }
    if (before.birthday !== null && after.birthday !== before.birthday) throw new Refusal('member.birthday-set')
    if (Object.keys(values).length > 0) await tx.update(members).set(values).where(eq(members.id, memberId))
    const completed = missingFrom(before).length > 0 && missingFrom(after).length === 0
    if (before.avatarUrl && after.avatarUrl !== before.avatarUrl)
      await send(tx, 'picture.replaced', { url: before.avatarUrl }, clock.now())
    if (completed) await send(tx, 'profile.completed', { memberId }, clock.now())
    return { member: after, completed }
  })
}

/** Throws `birthday.invalid` for what is no day, lies in the future or before 1900. */
export function requireBirthday({ clock, offsetMinutes }: Server, birthday: string) {
  const possible = isDay(birthday) && birthday >= '1900-01-01' && birthday <= dayOf(clock.now(), offsetMinutes)
  if (!possible) throw new Refusal('birthday.invalid')
}
