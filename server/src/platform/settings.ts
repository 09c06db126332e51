import type { Instant } from '@pointbook/shared/day'
import { eq } from 'drizzle-orm'
import type { Database, Transaction } from './database/pool.ts'
import { settings } from './settings-table.ts'

export interface StoredSetting<T> {
  value: T
  savedAt: Instant
  savedBy: string
}

/** The document stored under a name; null when there is none. */
export async function readSetting<T>(db: Database | Transaction, name: string): Promise<StoredSetting<T> | null> {
  const [row] = await db.select().from(settings).where(eq(settings.name, name))
  return row ? { value: row.value as T, savedAt: row.savedAt, savedBy: row.savedBy } : null
}

/** The document stored under a name, locked until the transaction ends; `initial` is stored first when there is none. */
export async function lockSetting<T>(tx: Transaction, name: string, initial: T, at: Instant): Promise<T> {
  // An upsert takes an exclusive lock, a failed insert only a shared one.
  await tx
    .insert(settings)
    .values({ name, value: initial, savedAt: at, savedBy: 'system' })
    .onDuplicateKeyUpdate({ set: { name } })
  const [row] = await tx.select().from(settings).where(eq(settings.name, name)).for('update')
  return row!.value as T
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
