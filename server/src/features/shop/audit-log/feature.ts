import type { Feature } from '../../../feature.ts'
import { logAudit } from './audit.ts'
import { auditLogJobs } from './jobs.ts'
import { auditLogPersonal } from './personal.ts'
import { auditLogRecord } from './record.ts'
import { auditLogRoutes } from './routes.ts'

export const auditLog = {
  name: 'shop/audit-log',
  routes: [auditLogRoutes],
  record: auditLogRecord,
  audit: [logAudit],
  jobs: auditLogJobs,
  personal: auditLogPersonal,
} as const satisfies Feature
