import type { Feature } from '../../../feature.ts'
import { approvalAudit } from './audit.ts'
import { clerkDecisionRoutes } from './clerk-routes.ts'
import { decisionHandlers } from './handlers.ts'
import { decisionJobs } from './jobs.ts'
import { approvalPersonal } from './personal.ts'
import { decisionRoutes } from './routes.ts'

export const decisions = {
  name: 'shop/decisions',
  routes: [
    (handle, server, _http, { approvalKinds }) => decisionRoutes(handle, server, approvalKinds),
    (handle, server, _http, { approvalKinds }) => clerkDecisionRoutes(handle, server, approvalKinds),
  ],
  handlers: decisionHandlers,
  jobs: decisionJobs,
  audit: [approvalAudit],
  personal: approvalPersonal,
} as const satisfies Feature
