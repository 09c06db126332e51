import type { Instant } from '@pointbook/shared/day'
import { eq } from 'drizzle-orm'
import type { Database, Transaction } from './database/pool.ts'
import { settings } from './settings-table.ts'

export interface Setting<T> {
  value: T
  savedAt: Instant
  savedBy: string
}

/** The document kept under a name; null when none was ever saved. */
export async function readSetting<T>(db: Database | Transaction, name: string): Promise<Setting<T> | null> {
  const [row] = await db.select().from(settings).where(eq(settings.name, name))
  return row ? { value: row.value as T, savedAt: row.savedAt, savedBy: row.savedBy } : null
}

export async function saveSetting(
  db: Database | Transaction,
  name: string,
  value: unknown,
  savedAt: Instant,
  savedBy: string,
): Promise<void> {
  await db
    .insert(settings)
    .values({ name, value, savedAt, savedBy })
    .onDuplicateKeyUpdate({ set: { value, savedAt, savedBy } })
}
