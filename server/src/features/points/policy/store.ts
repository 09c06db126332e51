import type { Policy } from '@pointbook/shared/contract/points/policy'
import { type Instant, instant } from '@pointbook/shared/day'
import { desc, eq, getTableColumns, lte, max, sql } from 'drizzle-orm'
import { policies } from '../../../book/tables.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { prepared } from '../../../platform/database/prepared.ts'
import type { Server } from '../../../server.ts'

export type PublishedPolicy = typeof policies.$inferSelect
export type PolicyHead = Omit<PublishedPolicy, 'document'>

// A published version never changes, so each is read once.
const published = new WeakMap<Database, Map<number, PublishedPolicy>>()

export async function readPolicy(db: Database, version: number): Promise<PublishedPolicy | null> {
  const known = published.get(db) ?? new Map<number, PublishedPolicy>()
  published.set(db, known)
  const before = known.get(version)
  if (before) return before
  const [row] = await db.select().from(policies).where(eq(policies.version, version))
  if (row) known.set(version, row)
  return row ?? null
}

const versionInForce = prepared((db) =>
  db
    .select({ version: policies.version })
    .from(policies)
    .where(lte(policies.effectiveAt, sql.param(sql.placeholder('at'), policies.effectiveAt)))
    .orderBy(desc(policies.effectiveAt), desc(policies.version))
    .limit(1)
    .prepare(),
)

const FIRST_VERSION = 1

/** The policy in force at an instant; the first one for any time before it, which an imported history may reach. */
export async function policyInForce(db: Database, at: Instant): Promise<PublishedPolicy> {
  const [row] = await versionInForce(db).execute({ at })
  const policy = await readPolicy(db, row?.version ?? FIRST_VERSION)
  if (!policy) throw new Error('no policy is published')
  return policy
}

/** The policyRows of several versions, for naming the rules of old entries. */
export async function readPolicies(db: Database, versions: Iterable<number>): Promise<Map<number, Policy>> {
  const policyRows = await Promise.all([...new Set(versions)].map((version) => readPolicy(db, version)))
  return new Map(policyRows.flatMap((policy) => (policy ? [[policy.version, policy.document] as const] : [])))
}

/** All versions without their policyRows, newest first. */
export async function readPolicyHeads(db: Database): Promise<PolicyHead[]> {
  const { document: _, ...head } = getTableColumns(policies)
  return db.select(head).from(policies).orderBy(desc(policies.version))
}

/** The latest version; it may not be in force yet. */
export async function latestVersion(db: Database): Promise<number> {
  const [row] = await db.select({ version: max(policies.version) }).from(policies)
  return row?.version ?? 0
}

/** Gives a new shop its first rules, in force since before anything happened. A shop that has rules keeps them. */
export async function publishFirst({ db }: Pick<Server, 'db'>, policy: Policy): Promise<void> {
  await db
    .insert(policies)
    .ignore()
    .values({
      version: FIRST_VERSION,
      name: policy.name,
      note: '开店时的规则',
      document: policy,
      publishedAt: instant(new Date()),
      publishedBy: 'system',
      effectiveAt: '2020-01-01T00:00:00.000Z',
    })
}
