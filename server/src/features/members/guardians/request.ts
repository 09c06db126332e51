import { addMs, dayOf, type Instant } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { eq, inArray } from 'drizzle-orm'
import { type Database, inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import { newToken, sha256 } from '../../../platform/secrets.ts'
import type { Server } from '../../../server.ts'
import { openidHashes } from '../directory/personal-data.ts'
import { guardianRequests } from './tables.ts'

export type GuardianRequest = typeof guardianRequests.$inferSelect

const GUARDIAN_MS = 2 * 3_600_000
const MOST_A_DAY = 10

const isOpen = ({ endsAt }: GuardianRequest, now: Instant): boolean => endsAt > now

/** Whether a guardian has consented, and the time for joining is not over. */
export const isConfirmed = (request: GuardianRequest | undefined, now: Instant): boolean =>
  !!request?.confirmedAt && isOpen(request, now)

/**
 * A new code for the link to the guardian, which replaces the one before; only its hash is stored. Throws `guardian.confirmed`,
 * `guardian.too-many`.
 */
export async function askGuardian({ db, keys, clock, offsetMinutes }: Server, openid: string) {
  const now = clock.now()
  const [today, code, endsAt] = [dayOf(now, offsetMinutes), newToken(), addMs(now, GUARDIAN_MS)]
  const childHash = openidHashes(keys, openid)[0]!
  const fresh = { codeHash: sha256(code), endsAt, confirmedAt: null, guardianHash: '', phoneSealed: '' }
  await inTransaction(db, async (tx) => {
    const row = { ...fresh, childHash, madeOn: today, made: 0, phoneMasked: '', version: 0 }
    // An upsert takes an exclusive lock, a failed insert only a shared one.
    await tx.insert(guardianRequests).values(row).onDuplicateKeyUpdate({ set: { childHash } })
    const before = (await lockRequest(tx, [childHash]))!
    if (isConfirmed(before, now)) throw new Refusal('guardian.confirmed')
    const made = before.madeOn === today ? before.made : 0
    if (made >= MOST_A_DAY) throw new Refusal('guardian.too-many')
    await tx
      .update(guardianRequests)
      .set({ ...fresh, phoneMasked: '', madeOn: today, made: made + 1 })
      .where(eq(guardianRequests.id, before.id))
  })
  return { code, endsAt }
}

/** The request of a child, locked until the transaction ends. */
export async function lockRequest(tx: Transaction, childHashes: string[]): Promise<GuardianRequest | undefined> {
  const { childHash } = guardianRequests
  const [row] = await tx.select().from(guardianRequests).where(inArray(childHash, childHashes)).for('update')
  return row
}

/** The state of a child's request, as the child sees it. */
export async function requestOf({ db, keys, clock }: Server, openid: string) {
  const { childHash } = guardianRequests
  const [row] = await db
    .select()
    .from(guardianRequests)
    .where(inArray(childHash, openidHashes(keys, openid)))
  return stateOf(row, clock.now())
}

export function stateOf(request: GuardianRequest | undefined, now: Instant) {
  if (!request || !isOpen(request, now)) return { state: 'none', endsAt: null, phoneMasked: '' } as const
  const state = request.confirmedAt ? 'confirmed' : 'asked'
  return { state, endsAt: request.endsAt, phoneMasked: request.phoneMasked } as const
}

/** The request of a code; throws `guardian.link-over` for one that is unknown, replaced or over. */
export async function requestByCode(db: Database | Transaction, code: string, now: Instant): Promise<GuardianRequest> {
  const [row] = await db
    .select()
    .from(guardianRequests)
    .where(eq(guardianRequests.codeHash, sha256(code)))
  if (!row || !isOpen(row, now)) throw new Refusal('guardian.link-over')
  return row
}
