import type { ActorRef } from '@pointbook/shared/references'
import { mysqlTable, primaryKey, varchar } from 'drizzle-orm/mysql-core'
import { bookTable } from '../../../book/table.ts'
import { id, instant } from '../../../platform/database/columns.ts'

/** Member codes already scanned, by their serial: each is good for one scan. */
export const memberCodeUsesTable = mysqlTable(
  'member_code_uses',
  {
    memberId: id('member_id').notNull(),
    serial: id().notNull(),
    usedAt: instant('used_at').notNull(),
    usedBy: varchar('used_by', { length: 60 }).$type<ActorRef>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.memberId, table.serial] })],
)

export const memberCodeUses = bookTable(memberCodeUsesTable, { order: 20, key: ['memberId', 'serial'] })
