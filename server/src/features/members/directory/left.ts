import type { Instant } from '@pointbook/shared/day'
import { and, gt, inArray, lt } from 'drizzle-orm'
import type { Database, Transaction } from '../../../platform/database/pool.ts'
import type { Outside } from '../../../server.ts'
import { leftIdentities } from './tables.ts'

/** A hash of its own kind: it cannot be compared with the one by which members are looked up. */
const leftKey = (identity: string): string => `left/${identity}`

/** Remembers phones and WeChat accounts of a member who has left, until an instant. */
export async function rememberLeft(
  tx: Transaction,
  { keys }: Pick<Outside, 'keys'>,
  identities: string[],
  endsAt: Instant,
): Promise<void> {
  if (identities.length === 0) return
  const rows = identities.map((identity) => ({ hash: keys.hash(leftKey(identity)), endsAt }))
  await tx.insert(leftIdentities).values(rows).onDuplicateKeyUpdate({ set: { endsAt } })
}

/** Whether one of these phones or WeChat accounts belonged to a member who left a short time ago. */
export async function hasLeft(
  { db, keys, clock }: Pick<Outside, 'db' | 'keys' | 'clock'>,
  identities: string[],
): Promise<boolean> {
  const { hash, endsAt } = leftIdentities
  const hashes = identities.flatMap((identity) => keys.hashes(leftKey(identity)))
  const rows = await db
    .select({ hash })
    .from(leftIdentities)
    .where(and(inArray(hash, hashes), gt(endsAt, clock.now())))
  return rows.length > 0
}

/** Forgets those whose time has ended. */
export async function sweepLeft(db: Database, now: Instant): Promise<void> {
  await db.delete(leftIdentities).where(lt(leftIdentities.endsAt, now))
}
