import { type ActorRef, memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { record } from '../../../platform/audit-log.ts'
import { inTransaction } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { readMember } from '../directory/store.ts'

/**
 * The whole phone number, which is masked everywhere else. The line of the audit log is written first: without it nobody sees the
 * number. Throws `member.unknown`, `phone.missing`.
 */
export async function revealPhone({ db, keys, clock }: Server, memberId: number, actor: ActorRef): Promise<string> {
  const member = await readMember(db, memberId)
  if (!member) throw new Refusal('member.unknown')
  if (member.phoneSealed === '') throw new Refusal('phone.missing')
  const phone = keys.open(member.phoneSealed)
  const line = { actor, action: 'member.phone-reveal', subject: memberRef(memberId) } as const
  const text = `查看完整手机号 ${member.phoneMasked}`
  await inTransaction(db, (tx) => record(tx, clock.now(), { ...line, text }))
  return phone
}
