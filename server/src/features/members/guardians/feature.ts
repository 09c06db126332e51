import type { Feature } from '../../../feature.ts'
import { guardianHandlers } from './handlers.ts'
import { guardianJobs } from './jobs.ts'
import { guardianPersonal } from './personal.ts'

export const guardians = {
  name: 'members/guardians',
  handlers: guardianHandlers,
  jobs: guardianJobs,
  personal: guardianPersonal,
} as const satisfies Feature
