import { and, asc, eq, gt, inArray, like, not, or } from 'drizzle-orm'
import { auditLog } from '../../../platform/database/audit-log-table.ts'
import { rewriteLine } from '../../../platform/database/log-seal.ts'
import type { Sealing } from '../../../platform/sealing.ts'
import { maskProfile } from './masks.ts'

const { id, action, detail } = auditLog

// Lines of the first release, which kept whole addresses and birthdays. The next release drops this.
const isDue = and(
  eq(action, 'member.profile'),
  or(like(detail, '%"address":"_%'), like(detail, '%"birthday":"____-__-__"%')),
  not(like(detail, '%****"%')),
  not(like(detail, '%"****-%')),
)

/** The audit log's lines about corrected profiles: they are masked, which needs no key. */
export const profileLogMasking: Sealing = {
  name: 'lines of the audit log',
  count: (db) => db.$count(auditLog, isDue),
  async due(db, _keys, _which, after, limit) {
    const rows = await db
      .select({ id })
      .from(auditLog)
      .where(and(gt(id, after), isDue))
      .orderBy(asc(id))
      .limit(limit)
    return rows.map((row) => row.id)
  },
  async seal(tx, _keys, ids) {
    const rows = await tx.select().from(auditLog).where(inArray(id, ids)).orderBy(id).for('update')
    for (const row of rows) {
      const { before, after } = JSON.parse(row.detail)
      const masked = JSON.stringify({ before: maskProfile(before), after: maskProfile(after) })
      await rewriteLine(tx, row, { text: row.text, detail: masked })
    }
    return []
  },
}
