import { index, mysqlTable } from 'drizzle-orm/mysql-core'
import { document, hash, id, instant } from '../../../platform/database/columns.ts'

/** Blocks seal the places of the audit log's lines: which there are, and in what order they came. */
export const logBlocks = mysqlTable(
  'audit_log_blocks',
  {
    no: id('no').primaryKey(),
    /** The ids of its lines, ascending. */
    lineIds: document<number[]>('line_ids').notNull(),
    /** The latest time of a line. */
    newestAt: instant('newest_at').notNull(),
    /** Over what no lawful change touches of its lines. */
    digest: hash('digest').notNull(),
    /** Over the block before and all of the above. */
    seal: hash('seal').notNull(),
    /** The proof that its lines were deleted when their time was over. */
    swept: hash('swept'),
  },
  (table) => [index('audit_log_blocks_newest').on(table.newestAt)],
)
