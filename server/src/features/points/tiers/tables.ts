import type { ActorRef } from '@pointbook/shared/references'
import { mysqlTable, varchar } from 'drizzle-orm/mysql-core'
import { type BookTable, bookTable } from '../../../book/table.ts'
import type { HeldTier } from '../../../core/tiers/tiers.ts'
import { day, id } from '../../../platform/database/columns.ts'

/** A member's stored tiers. A member who never rose above the first tier has no row. */
export const memberTiersTable = mysqlTable('member_tiers', {
  memberId: id('member_id').primaryKey(),
  tierId: varchar('tier_id', { length: 40 }),
  since: day('since').notNull(),
  keptUntil: day('kept_until'),
  grantedTierId: varchar('granted_tier_id', { length: 40 }),
  grantedOn: day('granted_on'),
  grantedUntil: day('granted_until'),
  grantedBy: varchar('granted_by', { length: 60 }).$type<ActorRef | ''>().notNull(),
  grantReason: varchar('grant_reason', { length: 200 }).notNull(),
})

// Changes only under the lock of the member's account.
export const memberTiers: BookTable<HeldTier> = bookTable(memberTiersTable, {
  order: 12,
  key: ['memberId'],
  locked: false,
})
