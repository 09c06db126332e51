import { memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import type { Transaction } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { agreementInForce } from '../../shop/agreement/store.ts'
import { writeAge, writeAgreement, writeChoice } from '../consents/write.ts'
import { lockMember } from '../directory/lock.ts'
import { takeGuardian } from '../guardians/join.ts'

interface Newcomer {
  openid: string
  phone: string
  agreement?: number
  age?: 'from-14' | 'under-14'
  noPersonalOffers?: boolean
}

/**
 * What the sign-up writes of a person's answers. A release that does not say which version it showed gives version 0, so that its
 * members are asked for the newest one later. Throws `agreement.changed`; what it returns throws `guardian.needed`,
 * `guardian.same-phone`.
 */
export async function consentsOf(server: Server, { openid, phone, agreement, age, noPersonalOffers }: Newcomer) {
  const { db, clock } = server
  if (agreement !== undefined && agreement !== (await agreementInForce(db))) throw new Refusal('agreement.changed')
  const version = agreement ?? 0
  return async (tx: Transaction, memberId: number): Promise<void> => {
    const how = { place: 'sign-up', by: memberRef(memberId), at: clock.now() } as const
    const member = await lockMember(tx, memberId)
    await writeAgreement(tx, memberId, version, how)
    if (age === 'under-14') await takeGuardian(tx, server, { memberId, openid, phone })
    if (age === 'from-14') await writeAge(tx, memberId, version, how)
    if (noPersonalOffers || age === 'under-14')
      await writeChoice(tx, { ...member, agreedVersion: version }, { purpose: 'personal-offers', allowed: false }, how)
  }
}
