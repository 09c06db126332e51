import type { ActorRef } from '@pointbook/shared/references'
import { index, int, mysqlTable, primaryKey, uniqueIndex, varchar } from 'drizzle-orm/mysql-core'
import { id, instant, shortDocument } from '../../../platform/database/columns.ts'

/** Keys of other systems. The secret is sealed, because checking a signature needs it. */
export const apiKeys = mysqlTable(
  'api_keys',
  {
    id: id().primaryKey().autoincrement(),
    keyId: varchar('key_id', { length: 24 }).notNull(),
    name: varchar({ length: 30 }).notNull(),
    /** The system that reports with it; a new key for the same system carries the same. */
    system: varchar({ length: 30 }).notNull(),
    secretSealed: varchar('secret_sealed', { length: 200 }).notNull(),
    storeIds: shortDocument<number[]>('store_ids', 4_000).notNull(),
    perMinute: int('per_minute').notNull(),
    madeAt: instant('made_at').notNull(),
    madeBy: varchar('made_by', { length: 60 }).$type<ActorRef>().notNull(),
    lastUsedAt: instant('last_used_at'),
    revokedAt: instant('revoked_at'),
  },
  (table) => [uniqueIndex('api_keys_key').on(table.keyId)],
)

/** Nonces seen within the last minutes: each is good for one request. */
export const apiNonces = mysqlTable(
  'api_nonces',
  {
    apiKeyId: id('api_key_id').notNull(),
    nonce: varchar({ length: 64 }).notNull(),
    seenAt: instant('seen_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.apiKeyId, table.nonce] }), index('api_nonces_seen').on(table.seenAt)],
)
