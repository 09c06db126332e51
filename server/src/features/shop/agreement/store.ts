import { desc } from 'drizzle-orm'
import { isDuplicate } from '../../../platform/database/failures.ts'
import type { Database, Transaction } from '../../../platform/database/pool.ts'
import type { Outside } from '../../../server.ts'
import { agreements } from './tables.ts'
import { CHANGES, EDITION, sectionsWith } from './text.ts'

export type Agreement = typeof agreements.$inferSelect

const newest = desc(agreements.version)

/** The version in force. A shop has one since its first start. */
export async function readAgreement(db: Database | Transaction): Promise<Agreement> {
  const [row] = await db.select().from(agreements).orderBy(newest).limit(1)
  if (!row) throw new Error('the shop has no agreement: `publishStandard` was not called')
  return row
}

/** The number of the version in force. */
export async function agreementInForce(db: Database | Transaction): Promise<number> {
  const [row] = await db.select({ version: agreements.version }).from(agreements).orderBy(newest).limit(1)
  return row?.version ?? 0
}

/** Publishes the standard text where the shop has none, or one of an earlier edition; the shop's own terms stay. */
export async function publishStandard(
  { db, clock }: Pick<Outside, 'db' | 'clock'>,
  publishedAt = clock.now(),
): Promise<void> {
  const [latest] = await db.select().from(agreements).orderBy(newest).limit(1)
  if (latest && latest.edition >= EDITION) return
  const { version, supplement } = latest ?? { version: 0, supplement: '' }
  const next = {
    version: version + 1,
    edition: EDITION,
    supplement,
    sections: sectionsWith(supplement),
    changes: CHANGES,
    publishedAt,
    publishedBy: 'system' as const,
  }
  try {
    await db.insert(agreements).values(next)
  } catch (error) {
    // Another server has published it.
    if (!isDuplicate(error)) throw error
  }
}
