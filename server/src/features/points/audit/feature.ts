import type { Feature } from '../../../feature.ts'
import { auditJobs } from './jobs.ts'
import { auditRoutes } from './routes.ts'

export const audit = {
  name: 'points/audit',
  routes: [(handle, server, _http, { auditParts }) => auditRoutes(handle, server, auditParts)],
  jobs: (server, { auditParts }) => auditJobs(server, auditParts),
} as const satisfies Feature
