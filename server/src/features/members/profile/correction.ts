import { type ActorRef, memberRef } from '@pointbook/shared/references'
import { eq } from 'drizzle-orm'
import { send } from '../../../book/events.ts'
import { differences, record } from '../../../platform/audit-log.ts'
import type { DataKeys } from '../../../platform/data-keys.ts'
import { inTransaction } from '../../../platform/database/pool.ts'
import { requireRevision, revisionOf } from '../../../platform/revision.ts'
import type { Server } from '../../../server.ts'
import { lockMember } from '../directory/lock.ts'
import { addressColumns, birthdayColumns } from '../directory/personal-data.ts'
import type { MemberRow } from '../directory/store.ts'
import { members } from '../directory/tables.ts'
import { maskProfile } from './masks.ts'
import { missingFrom, profileOf, requireBirthday } from './profile.ts'

type Correctable = Omit<ReturnType<typeof profileOf>, 'avatarUrl'>

export interface Correction {
  memberId: number
  change: Partial<Correctable>
  /** The revision of the profile that the merchant saw. */
  revision: string
  reason: string
  actor: ActorRef
}

function correctable(keys: DataKeys, member: MemberRow): Correctable {
  const { nickname, sex, birthday, address } = profileOf(keys, member)
  return { nickname, sex, birthday, address }
}

export const profileRevision = (keys: DataKeys, member: MemberRow): string => revisionOf(correctable(keys, member))

const names = { nickname: '昵称', sex: '性别', birthday: '生日', address: '地址' } as const

/**
 * Corrects a member's profile, including a birthday that is already set, with an audit log line. `completed` as in
 * `changeProfile`. Throws `member.unknown`, `birthday.invalid`, `edit.outdated`.
 */
export async function correctProfile(
  server: Server,
  { memberId, change, revision, reason, actor }: Correction,
): Promise<{ member: MemberRow; completed: boolean }> {
  const { db, keys, clock } = server
  if (change.birthday) requireBirthday(server, change.birthday)
  return inTransaction(db, async (tx) => {
    const row = await lockMember(tx, memberId)
    const before = correctable(keys, row)
    const after = { ...before, ...change }
    requireRevision(revision, before, after)
    const detail = differences(before, after)
    if (!detail) return { member: row, completed: false }
    const { nickname, sex, birthday, address } = after
    const values = {
      nickname,
      sex,
      ...birthdayColumns(keys, birthday),
      // The member may set another one.
      ...(birthday === null && { birthdaySetOn: null }),
      ...addressColumns(keys, address),
    }
    const completed = missingFrom(before).length > 0 && missingFrom(after).length === 0
    await tx.update(members).set(values).where(eq(members.id, memberId))
    if (completed) await send(tx, 'profile.completed', { memberId }, clock.now())
    const changed = (Object.keys(names) as (keyof typeof names)[]).filter((name) => name in detail.after)
    const text = `修改资料（${changed.map((name) => names[name]).join('、')}）：${reason}`
    const masked = { before: maskProfile(detail.before), after: maskProfile(detail.after) }
    const line = { actor, action: 'member.profile', subject: memberRef(memberId), text, detail: masked } as const
    await record(tx, clock.now(), line)
    return { member: { ...row, ...values }, completed }
  })
}
