import type { Feature } from '../../../feature.ts'
import { rebindingJobs } from './jobs.ts'
import { rebindingPersonal } from './personal.ts'
import { rebindingRecord } from './record.ts'
import { rebindingRoutes } from './routes.ts'

export const rebinding = {
  name: 'members/rebinding',
  record: rebindingRecord,
  routes: [rebindingRoutes],
  jobs: rebindingJobs,
  personal: rebindingPersonal,
} as const satisfies Feature
