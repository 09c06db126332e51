import type { Feature } from '../../../feature.ts'
import { backupJobs } from './jobs.ts'
import { backupRoutes } from './routes.ts'

export const backups = {
  name: 'shop/backups',
  routes: [backupRoutes],
  jobs: (server, { auditParts }) => backupJobs(server, auditParts),
} as const satisfies Feature
