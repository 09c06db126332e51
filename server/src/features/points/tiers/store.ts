import type { Policy } from '@pointbook/shared/contract/points/policy'
import type { Day } from '@pointbook/shared/day'
import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm'
import { pointsAccounts } from '../../../book/tables.ts'
import { type HeldTier, levelsUp } from '../../../core/tiers/tiers.ts'
import { gathered, oneOfKeys } from '../../../platform/database/gathered.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { memberTiersTable } from './tables.ts'

const heldOf = gathered(
  (db) => db.select().from(memberTiersTable).where(oneOfKeys(memberTiersTable.memberId)).prepare(),
  ({ memberId }) => memberId,
)

/** The member's stored tiers; null for a member who never rose above the first tier. */
export async function readHeldTier(db: Database, memberId: number): Promise<HeldTier | null> {
  const [row] = await heldOf(db, memberId)
  return row ?? null
}

/** Active members by number, after one. */
export const membersToSettle = (db: Database, after: number, limit: number): Promise<{ memberId: number }[]> =>
  db
    .select({ memberId: pointsAccounts.memberId })
    .from(pointsAccounts)
    .where(and(gt(pointsAccounts.memberId, after), eq(pointsAccounts.standing, 'active')))
    .orderBy(asc(pointsAccounts.memberId))
    .limit(limit)

/**
 * The members whose tier in force it is, as SQL over accounts joined with `member_tiers`: the highest of the stored tier, the
 * granted one and the first.
 */
export function isInTier(policy: Policy, tierId: string, today: Day): SQL {
  const levels = levelsUp(policy)
  const ids = sql.join(
    levels.map(({ id }) => sql`${id}`),
    sql`, `,
  )
  if (levels.length === 0) return sql`FALSE`
  const { tierId: own, grantedTierId, grantedUntil } = memberTiersTable
  const rankOf = (column: SQL) => sql`FIELD(COALESCE(${column}, ''), ${ids})`
  const first = levels[0]!.from === 0 ? 1 : 0
  const granted = sql`IF(${grantedUntil} >= ${today}, ${grantedTierId}, '')`
  const wanted = levels.findIndex(({ id }) => id === tierId) + 1
  return sql`GREATEST(${rankOf(sql`${own}`)}, ${rankOf(granted)}, ${first}) = ${wanted || -1}`
}
