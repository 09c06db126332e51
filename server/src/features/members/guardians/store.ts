import { addMs, type Instant } from '@pointbook/shared/day'
import { type ActorRef, memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { eq, lt } from 'drizzle-orm'
import { record } from '../../../platform/audit-log.ts'
import { type Database, inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { requireMember } from '../directory/store.ts'
import { guardianRequests, guardians } from './tables.ts'

export type Guardian = typeof guardians.$inferSelect

const DAY_MS = 86_400_000

/** The guardian who consented for a member; null for who joined at 14 or older. */
export async function readGuardian(db: Database | Transaction, memberId: number): Promise<Guardian | null> {
  const [row] = await db.select().from(guardians).where(eq(guardians.memberId, memberId))
  return row ?? null
}

/**
 * The guardian's whole phone number. The line of the audit log is written first: without it nobody sees the number. Throws
 * `member.unknown`, `guardian.none`.
 */
export async function revealGuardian({ db, keys, clock }: Server, memberId: number, actor: ActorRef): Promise<string> {
  await requireMember(db, memberId)
  const guardian = await readGuardian(db, memberId)
  if (!guardian?.phoneSealed) throw new Refusal('guardian.none')
  const text = `查看监护人的完整手机号 ${guardian.phoneMasked}`
  const line = { actor, action: 'member.phone-reveal', subject: memberRef(memberId), text } as const
  await inTransaction(db, (tx) => record(tx, clock.now(), line))
  return keys.open(guardian.phoneSealed)
}

/** Notes that a guardian has withdrawn the consent; null for a consent that holds again. Throws `guardian.none`. */
export async function setWithdrawn(tx: Transaction, memberId: number, withdrawnAt: Instant | null): Promise<void> {
  if (!(await readGuardian(tx, memberId))) throw new Refusal('guardian.none')
  await tx.update(guardians).set({ withdrawnAt }).where(eq(guardians.memberId, memberId))
}

/** Deletes requests a day after their time is over; until then they count against the limit of a day. */
export async function sweepRequests({ db, clock }: Server): Promise<void> {
  await db.delete(guardianRequests).where(lt(guardianRequests.endsAt, addMs(clock.now(), -DAY_MS)))
}
