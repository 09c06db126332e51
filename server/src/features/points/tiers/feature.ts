import type { Feature } from '../../../feature.ts'
import { tierJobs } from './jobs.ts'
import { tierPersonal } from './personal.ts'
import { tierRoutes } from './routes.ts'

export const tiers = {
  name: 'points/tiers',
  routes: [tierRoutes],
  jobs: tierJobs,
  personal: tierPersonal,
} as const satisfies Feature
