import type { Policy } from '@pointbook/shared/contract/policy'
import type { Instant } from '@pointbook/shared/day'
import { desc, eq, lte } from 'drizzle-orm'
import { policies } from '../../book/tables.ts'
import type { Database } from '../../platform/database/pool.ts'

export type PublishedPolicy = typeof policies.$inferSelect

export async function readPolicy(db: Database, version: number): Promise<PublishedPolicy | null> {
  const [found] = await db.select().from(policies).where(eq(policies.version, version))
  return found ?? null
}

/** The policy in force at an instant. There always is one: the first is published when the shop is set up. */
export async function policyInForce(db: Database, at: Instant): Promise<PublishedPolicy> {
  const [found] = await db
    .select()
    .from(policies)
    .where(lte(policies.effectiveAt, at))
    .orderBy(desc(policies.effectiveAt), desc(policies.version))
    .limit(1)
  if (!found) throw new Error('no policy is in force')
  return found
}

/** The documents of several versions, for naming the rules of old entries. */
export async function readPolicies(db: Database, versions: Iterable<number>): Promise<Map<number, Policy>> {
  const found = await Promise.all([...new Set(versions)].map((version) => readPolicy(db, version)))
  return new Map(found.flatMap((policy) => (policy ? [[policy.version, policy.document] as const] : [])))
}
