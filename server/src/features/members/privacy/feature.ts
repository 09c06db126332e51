import type { Feature } from '../../../feature.ts'
import { leavingAudit } from './audit.ts'
import { privacyJobs } from './jobs.ts'
import { leavingRoutes } from './leaving-routes.ts'
import { leavingPersonal } from './personal.ts'
import { privacyRoutes } from './routes.ts'

export const privacy = {
  name: 'members/privacy',
  routes: [
    (handle, server, _http, { personalParts }) => privacyRoutes(handle, server, personalParts),
    (handle, server, _http, { personalParts }) => leavingRoutes(handle, server, personalParts),
  ],
  jobs: (server, { personalParts }) => privacyJobs(server, personalParts),
  audit: [leavingAudit],
  personal: leavingPersonal,
} as const satisfies Feature
