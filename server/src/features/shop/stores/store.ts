import { and, asc, eq, inArray } from 'drizzle-orm'
import { gathered, oneOfKeys } from '../../../platform/database/gathered.ts'
import type { Database, Transaction } from '../../../platform/database/pool.ts'
import { stores } from './tables.ts'

export type StoreRow = typeof stores.$inferSelect

export const readStores = (db: Database): Promise<StoreRow[]> => db.select().from(stores).orderBy(asc(stores.id))

export const readOpenStores = (db: Database): Promise<StoreRow[]> =>
  db.select().from(stores).where(eq(stores.open, true)).orderBy(asc(stores.id))

const storesOf = gathered(
  (db) => db.select().from(stores).where(oneOfKeys(stores.id)).prepare(),
  ({ id }) => id,
)

export async function readStore(db: Database | Transaction, storeId: number): Promise<StoreRow | null> {
  const [row] = await storesOf(db, storeId)
  return row ?? null
}

/** The closed stores, whose goods are returned elsewhere. */
export const readClosedStores = (db: Database): Promise<{ storeId: number; name: string }[]> =>
  db
    .select({ storeId: stores.id, name: stores.name })
    .from(stores)
    .where(eq(stores.open, false))
    .orderBy(asc(stores.id))

/** A store, locked until the transaction ends. */
export async function lockStore(tx: Transaction, storeId: number): Promise<StoreRow | null> {
  const [row] = await tx.select().from(stores).where(eq(stores.id, storeId)).for('update')
  return row ?? null
}

/** The open stores among these, as choices. */
export async function readWorkplaces(
  db: Database,
  storeIds: readonly number[],
): Promise<{ storeId: number; name: string }[]> {
  if (storeIds.length === 0) return []
  return db
    .select({ storeId: stores.id, name: stores.name })
    .from(stores)
    .where(and(eq(stores.open, true), inArray(stores.id, [...storeIds])))
    .orderBy(asc(stores.id))
}
