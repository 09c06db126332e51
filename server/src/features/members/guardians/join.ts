import { Refusal } from '@pointbook/shared/refusals'
import { eq, inArray } from 'drizzle-orm'
import type { Transaction } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { openidHashes } from '../directory/personal-data.ts'
import { isConfirmed, lockRequest } from './request.ts'
import { guardianRequests, guardians } from './tables.ts'

/** Throws `guardian.needed` unless a guardian has consented for this WeChat account. */
export async function requireGuardian({ db, keys, clock }: Server, openid: string): Promise<void> {
  const { childHash } = guardianRequests
  const [row] = await db
    .select()
    .from(guardianRequests)
    .where(inArray(childHash, openidHashes(keys, openid)))
  if (!isConfirmed(row, clock.now())) throw new Refusal('guardian.needed')
}

/**
 * Makes the guardian of a request the guardian of the member who joins, and ends the request. Throws `guardian.needed`, and
 * `guardian.same-phone` for a guardian with the member's own number.
 */
export async function takeGuardian(
  tx: Transaction,
  { keys, clock }: Server,
  { memberId, openid, phone }: { memberId: number; openid: string; phone: string },
): Promise<void> {
  const request = await lockRequest(tx, openidHashes(keys, openid))
  if (!request || !isConfirmed(request, clock.now())) throw new Refusal('guardian.needed')
  const { id, phoneSealed, phoneMasked, version, confirmedAt } = request
  if (keys.open(phoneSealed) === phone) throw new Refusal('guardian.same-phone')
  const guardian = { phoneSealed, phoneMasked, version, confirmedAt: confirmedAt!, withdrawnAt: null }
  await tx
    .insert(guardians)
    .values({ memberId, ...guardian })
    .onDuplicateKeyUpdate({ set: guardian })
  await tx.delete(guardianRequests).where(eq(guardianRequests.id, id))
}
