import type { Feature } from '../../../feature.ts'
import { registrationAndProfileHandlers } from './handlers.ts'
import { eventJobs } from './jobs.ts'
import { eventRoutes } from './routes.ts'

export const events = {
  name: 'earning/events',
  routes: [eventRoutes],
  handlers: registrationAndProfileHandlers,
  jobs: eventJobs,
} as const satisfies Feature
