import type { Job } from '../../../platform/schedule.ts'
import type { Server } from '../../../server.ts'
import { sealLines } from './seal-lines.ts'
import { sweepLog } from './sweep.ts'

export const auditLogJobs = (server: Server): Job[] => [
  { name: 'seal-audit-log', pattern: '* * * * *', atStart: true, skipsAhead: true, run: () => sealLines(server) },
  { name: 'sweep-audit-log', pattern: '5 5 * * *', run: () => sweepLog(server) },
]
