import type { Feature } from '../../../feature.ts'
import { ledgerAdminRoutes } from './admin-routes.ts'
import { adjustmentApproval } from './approval.ts'
import { ledgerJobs } from './jobs.ts'
import { ledgerPersonal } from './personal.ts'
import { ledgerRecord } from './record.ts'
import { ledgerRoutes } from './routes.ts'

export const ledger = {
  name: 'points/ledger',
  routes: [ledgerRoutes, ledgerAdminRoutes],
  jobs: ledgerJobs,
  record: ledgerRecord,
  personal: ledgerPersonal,
  approval: adjustmentApproval,
} as const satisfies Feature
