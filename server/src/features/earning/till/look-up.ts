import type { TillApi } from '@pointbook/shared/contract/earning/till'
import { clerkRef, memberRef, subjectRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyInstance } from 'fastify'
import { record } from '../../../platform/audit-log.ts'
import type { LogLine } from '../../../platform/database/audit-log-table.ts'
import { inTransaction } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { issueVisit } from '../../members/codes/visits.ts'
import { findByPhone, readMember } from '../../members/directory/store.ts'
import { memberNo } from '../../members/directory/words.ts'
import { heirOf } from '../../members/identities/store.ts'
import { readCustomer } from './customer.ts'

type Wish = TillApi['POST /clerk/look-ups']['input']

/**
 * Opens a visit for a member who gives a phone, card or member number. Every look-up writes an audit log line, without the
 * number.
 */
export async function lookUp(server: Server, app: FastifyInstance, clerkId: number, { storeId, member }: Wish) {
  const { db, clock } = server
  const by = 'phone' in member ? ('phone' as const) : ('number' as const)
  const memberId = await findMember(server, member)
  const now = clock.now()
  const line = { actor: clerkRef(clerkId), action: 'member.look-up', detail: { storeId } } as const
  const log = (line: LogLine) => inTransaction(db, (tx) => record(tx, now, line))
  const how = by === 'phone' ? '按手机号' : '按会员号'
  if (memberId === null) {
    await log({ ...line, subject: subjectRef('store', storeId), text: `${how}查找会员，没有找到` })
    throw new Refusal('member.unknown')
  }
  const customer = await readCustomer(server, memberId)
  await log({ ...line, subject: memberRef(memberId), text: `${how}查找会员 ${memberNo(memberId)}` })
  return {
    kind: 'member' as const,
    ...issueVisit(app, { memberId, clerkId, by, openedAt: now, now }),
    member: customer,
  }
}

/** The member's present record; null when there is none. */
async function findMember(server: Server, member: Wish['member']): Promise<number | null> {
  const { db } = server
  if ('phone' in member) {
    const owner = await findByPhone(server, member.phone)
    return owner === null ? null : heirOf(db, owner)
  }
  const memberId = await heirOf(db, Number(member.memberNo))
  return (await readMember(db, memberId)) ? memberId : null
}
