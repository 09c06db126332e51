import { type ActorRef, memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { eq } from 'drizzle-orm'
import { send } from '../../../book/events.ts'
import { differences, record } from '../../../platform/audit-log.ts'
import { inTransaction } from '../../../platform/database/pool.ts'
import { requireRevision, revisionOf } from '../../../platform/revision.ts'
import type { Server } from '../../../server.ts'
import type { MemberRow } from '../directory/store.ts'
import { members } from '../directory/tables.ts'
import { missingFrom, requireBirthday } from './profile.ts'

type Correctable = Pick<MemberRow, 'nickname' | 'sex' | 'birthday' | 'address'>

export interface Correction {
  memberId: number
  change: Partial<Correctable>
  /** The revision of the profile that the merchant saw. */
  revision: string
  reason: string
  actor: ActorRef
}

const correctable = ({ nickname, sex, birthday, address }: Correctable) => ({ nickname, sex, birthday, address })

export const profileRevision = (member: Correctable): string => revisionOf(correctable(member))

const names = { nickname: '昵称', sex: '性别', birthday: '生日', address: '地址' } as const

/**
 * Corrects a member's profile, including a birthday that is already set, with an audit log line. `completed` as in
 * `changeProfile`. Throws `member.unknown`, `birthday.invalid`, `edit.outdated`.
 */
export async function correctProfile(
  server: Server,
  { memberId, change, revision, reason, actor }: Correction,
): Promise<{ member: MemberRow; completed: boolean }> {
  const { db, clock } = server
  if (change.birthday) requireBirthday(server, change.birthday)
  return inTransaction(db, async (tx) => {
    const [before] = await tx.select().from(members).where(eq(members.id, memberId)).for('update')
    if (!before) throw new Refusal('member.unknown')
    const values = correctable({ ...before, ...change })
    requireRevision(revision, correctable(before), values)
    const detail = differences(correctable(before), values)
    if (!detail) return { member: before, completed: false }
    const member = { ...before, ...values }
    const completed = missingFrom(before).length > 0 && missingFrom(member).length === 0
    await tx.update(members).set(values).where(eq(members.id, memberId))
    if (completed) await send(tx, 'profile.completed', { memberId }, clock.now())
    const changed = (Object.keys(names) as (keyof typeof names)[]).filter((name) => name in detail.after)
    const text = `修改资料（${changed.map((name) => names[name]).join('、')}）：${reason}`
    await record(tx, clock.now(), { actor, action: 'member.profile', subject: memberRef(memberId), text, detail })
    return { member, completed }
  })
}
