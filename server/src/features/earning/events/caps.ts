import { dayOf } from '@pointbook/shared/day'
import { and, eq } from 'drizzle-orm'
import { pointsEntries } from '../../../book/tables.ts'
import { type CapUse, capsUsed } from '../../../core/earning/caps.ts'
import type { Server } from '../../../server.ts'
import { readPolicy } from '../../points/policy/store.ts'

/** The cap use of an entry; it never changes. */
export async function readCapsUsed(
  { db, offsetMinutes }: Pick<Server, 'db' | 'offsetMinutes'>,
  memberId: number,
  seq: number,
): Promise<CapUse[]> {
  const { why, at, policyVersion } = pointsEntries
  const [entry] = await db
    .select({ why, at, policyVersion })
    .from(pointsEntries)
    .where(and(eq(pointsEntries.memberId, memberId), eq(pointsEntries.seq, seq)))
  const policy = entry && (await readPolicy(db, entry.policyVersion))
  return policy ? capsUsed(policy.document, entry.why, dayOf(entry.at, offsetMinutes)) : []
}
