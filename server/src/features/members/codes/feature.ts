import type { Feature } from '../../../feature.ts'
import { codeJobs } from './jobs.ts'
import { codePersonal } from './personal.ts'
import { codeRoutes } from './routes.ts'

export const codes = {
  name: 'members/codes',
  routes: [codeRoutes],
  jobs: codeJobs,
  personal: codePersonal,
} as const satisfies Feature
