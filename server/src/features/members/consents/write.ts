import type { Instant } from '@pointbook/shared/day'
import type { ConsentPlace, OptionalPurpose } from '@pointbook/shared/purposes'
import type { ActorRef } from '@pointbook/shared/references'
import { eq } from 'drizzle-orm'
import { send } from '../../../book/events.ts'
import type { Transaction } from '../../../platform/database/pool.ts'
import { type Choices, type MemberRow, members } from '../directory/tables.ts'
import { consents } from './tables.ts'

/** How a consent came about. */
export interface Circumstances {
  place: ConsentPlace
  by: ActorRef
  /** Why the merchant recorded it; '' for the member. */
  reason?: string
  at: Instant
}

/** Records that a member agrees to a version of the agreement. The member's row is locked, or new. */
export async function writeAgreement(tx: Transaction, memberId: number, version: number, how: Circumstances) {
  await tx.insert(consents).values({ memberId, subject: 'service', given: true, version, reason: '', ...how })
  await tx.update(members).set({ agreedVersion: version, agreedAt: how.at }).where(eq(members.id, memberId))
}

/** Records the statement of being at least 14 years old. */
export async function writeAge(tx: Transaction, memberId: number, version: number, how: Circumstances) {
  await tx.insert(consents).values({ memberId, subject: 'age', given: true, version, reason: '', ...how })
}

/**
 * Records a yes or no to a purpose, and tells the features that use it. The member's row is locked, or new. Returns the member's
 * choices afterwards.
 */
export async function writeChoice(
  tx: Transaction,
  { id: memberId, choices, agreedVersion: version }: Pick<MemberRow, 'id' | 'choices' | 'agreedVersion'>,
  { purpose, allowed }: { purpose: OptionalPurpose; allowed: boolean },
  how: Circumstances,
): Promise<Choices> {
  await tx.insert(consents).values({ memberId, subject: purpose, given: allowed, version, reason: '', ...how })
  const now = { ...choices, [purpose]: { allowed, version, at: how.at } }
  await tx.update(members).set({ choices: now }).where(eq(members.id, memberId))
  await send(tx, 'purpose.chosen', { memberId, purpose, allowed }, how.at)
  return now
}
