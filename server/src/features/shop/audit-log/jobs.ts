import { addMonths, dayOf, startOf } from '@pointbook/shared/day'
import { asc, lt } from 'drizzle-orm'
import { auditLog } from '../../../platform/database/audit-log-table.ts'
import type { Job } from '../../../platform/schedule.ts'
import type { Server } from '../../../server.ts'
import { readShop } from '../settings/store.ts'

const AT_ONCE = 1_000

export const auditLogJobs = (server: Server): Job[] => [
  { name: 'sweep-audit-log', pattern: '5 5 * * *', run: () => sweepLog(server) },
]

/** Deletes the lines that are older than the shop keeps them, a thousand at a time. Returns their number. */
async function sweepLog({ db, clock, offsetMinutes }: Server): Promise<number> {
  const { keepLogMonths } = await readShop(db)
  const keptFrom = startOf(addMonths(dayOf(clock.now(), offsetMinutes), -keepLogMonths), offsetMinutes)
  for (let deleted = 0; ; ) {
    const [{ affectedRows }] = await db
      .delete(auditLog)
      .where(lt(auditLog.at, keptFrom))
      .orderBy(asc(auditLog.at), asc(auditLog.id))
      .limit(AT_ONCE)
    deleted += affectedRows
    if (affectedRows < AT_ONCE) return deleted
  }
}
