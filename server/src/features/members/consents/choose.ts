import { dayOf } from '@pointbook/shared/day'
import { consentTitle, type OptionalPurpose } from '@pointbook/shared/purposes'
import { type ActorRef, memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { eq } from 'drizzle-orm'
import { once } from '../../../book/once.ts'
import { record } from '../../../platform/audit-log.ts'
import type { Server } from '../../../server.ts'
import { agreementInForce } from '../../shop/agreement/store.ts'
import { lockMember } from '../directory/lock.ts'
import { birthdayColumns } from '../directory/personal-data.ts'
import { requireMembership } from '../directory/store.ts'
import { members } from '../directory/tables.ts'
import { readGuardian } from '../guardians/store.ts'
import { writeAgreement, writeChoice } from './write.ts'

interface Choice {
  memberId: number
  purpose: OptionalPurpose
  allowed: boolean
  /** Deletes the birthday; only where it is refused. */
  eraseBirthday?: boolean
  requestId: string
}

/** The member allows or refuses a purpose. Throws `member.unknown`, `member.cancelled`, `input.invalid`, `consent.of-child`. */
export async function choose(server: Server, { requestId, ...choice }: Choice): Promise<void> {
  const { db, keys, clock, offsetMinutes } = server
  const { memberId, purpose, allowed, eraseBirthday = false } = choice
  if (eraseBirthday && (allowed || purpose !== 'birthday')) throw new Refusal('input.invalid')
  const at = clock.now()
  await once(db, { name: 'members.choose', requestId, input: choice, at }, async (tx) => {
    await requireMembership(tx, memberId)
    if (allowed && purpose === 'personal-offers' && (await readGuardian(tx, memberId)))
      throw new Refusal('consent.of-child')
    await writeChoice(tx, await lockMember(tx, memberId), choice, { place: 'privacy', by: memberRef(memberId), at })
    if (!eraseBirthday) return null
    // The day stays as the mark that a birthday was set once: gifts depend on it, so the shop enters another one.
    const erased = { ...birthdayColumns(keys, null), birthdaySetOn: dayOf(at, offsetMinutes) }
    await tx.update(members).set(erased).where(eq(members.id, memberId))
    return null
  })
}

interface ToldRefusal {
  memberId: number
  purpose: OptionalPurpose
  reason: string
  actor: ActorRef
  requestId: string
}

/** The merchant records a refusal that a member told the shop, with an audit log line. Throws `member.unknown`, `member.cancelled`. */
export async function refuseFor(server: Server, { requestId, ...told }: ToldRefusal): Promise<void> {
  const { db, clock } = server
  const { memberId, purpose, reason, actor } = told
  const at = clock.now()
  await once(db, { name: 'members.refuse', requestId, input: told, at }, async (tx) => {
    await requireMembership(tx, memberId)
    const how = { place: 'panel', by: actor, reason, at } as const
    await writeChoice(tx, await lockMember(tx, memberId), { purpose, allowed: false }, how)
    const text = `代会员关闭「${consentTitle(purpose)}」：${reason}`
    await record(tx, at, { actor, action: 'member.consent', subject: memberRef(memberId), text })
    return null
  })
}

/** The member agrees to the version shown. Throws `member.unknown`, `member.cancelled`, `agreement.changed`. */
export async function agree({ db, clock }: Server, memberId: number, version: number, requestId: string) {
  const at = clock.now()
  await once(db, { name: 'members.agree', requestId, input: { memberId, version }, at }, async (tx) => {
    await requireMembership(tx, memberId)
    if (version !== (await agreementInForce(tx))) throw new Refusal('agreement.changed')
    const { agreedVersion } = await lockMember(tx, memberId)
    if (agreedVersion !== version)
      await writeAgreement(tx, memberId, version, { place: 'start', by: memberRef(memberId), at })
    return null
  })
}
