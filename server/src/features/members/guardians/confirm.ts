import { addMs } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { eq } from 'drizzle-orm'
import { inTransaction } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { agreementInForce } from '../../shop/agreement/store.ts'
import { openidHashes } from '../directory/personal-data.ts'
import { findByOpenid } from '../directory/store.ts'
import { maskPhone } from '../directory/words.ts'
import { lockRequest, requestByCode, stateOf } from './request.ts'
import { readGuardian } from './store.ts'
import { guardianRequests } from './tables.ts'

/** So long the child can join after the confirmation. */
const JOIN_MS = 24 * 3_600_000

interface Confirmation {
  code: string
  /** The WeChat account of the guardian. */
  openid: string
  /** The version of the agreement that the guardian saw. */
  agreement: number
  /** Asks WeChat for the number; called once nothing else stands in the way, because it uses the code up. */
  phone(): Promise<string>
}

/**
 * A guardian consents for the child who made the code, once. The same guardian again gets the same answer. Throws
 * `guardian.link-over`, `guardian.confirmed`, `guardian.same-person`, `guardian.is-child`, `agreement.changed`, and what `phone`
 * throws.
 */
export async function confirm(server: Server, { code, openid, agreement, phone }: Confirmation) {
  const { db, keys, clock } = server
  const now = clock.now()
  const own = openidHashes(keys, openid)
  const request = await requestByCode(db, code, now)
  if (own.includes(request.guardianHash)) return stateOf(request, now)
  if (request.confirmedAt) throw new Refusal('guardian.confirmed')
  if (own.includes(request.childHash)) throw new Refusal('guardian.same-person')
  if (await isUnder14(server, openid)) throw new Refusal('guardian.is-child')
  if (agreement !== (await agreementInForce(db))) throw new Refusal('agreement.changed')
  const number = await phone()
  return inTransaction(db, async (tx) => {
    const locked = await lockRequest(tx, [request.childHash])
    // Another guardian was faster, or the child has made a new code.
    if (!locked || locked.codeHash !== request.codeHash) throw new Refusal('guardian.link-over')
    if (own.includes(locked.guardianHash)) return stateOf(locked, now)
    if (locked.confirmedAt) throw new Refusal('guardian.confirmed')
    const confirmed = {
      confirmedAt: now,
      endsAt: addMs(now, JOIN_MS),
      guardianHash: own[0]!,
      phoneSealed: keys.seal(number),
      phoneMasked: maskPhone(number),
      version: agreement,
    }
    await tx.update(guardianRequests).set(confirmed).where(eq(guardianRequests.id, locked.id))
    return stateOf({ ...locked, ...confirmed }, now)
  })
}

/** Whether a WeChat account is that of a member who needs a guardian too. */
async function isUnder14(server: Server, openid: string): Promise<boolean> {
  const memberId = await findByOpenid(server, openid)
  return memberId !== null && (await readGuardian(server.db, memberId)) !== null
}
