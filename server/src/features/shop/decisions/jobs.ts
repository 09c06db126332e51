import { addMs, type Instant } from '@pointbook/shared/day'
import { and, isNotNull, lt, ne } from 'drizzle-orm'
import type { Database } from '../../../platform/database/pool.ts'
import type { Job } from '../../../platform/schedule.ts'
import type { Server } from '../../../server.ts'
import { approvalsTable } from '../approvals/tables.ts'

const HALF_A_YEAR_MS = 182 * 86_400_000

export const decisionJobs = ({ db, clock }: Server): Job[] => [
  {
    name: 'sweep-approval-requests',
    pattern: '45 4 * * *',
    run: () => sweepRequests(db, addMs(clock.now(), -HALF_A_YEAR_MS)),
  },
]

/** Who asked, who decided and what came of it stay; the whole input of what was decided before is no longer needed. */
async function sweepRequests(db: Database, before: Instant): Promise<void> {
  const { state, decidedAt, request } = approvalsTable
  await db
    .update(approvalsTable)
    .set({ request: null })
    .where(and(ne(state, 'waiting'), lt(decidedAt, before), isNotNull(request)))
}
