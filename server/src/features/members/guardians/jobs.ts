import type { Job } from '../../../platform/schedule.ts'
import type { Server } from '../../../server.ts'
import { sweepRequests } from './store.ts'

export const guardianJobs = (server: Server): Job[] => [
  { name: 'sweep-guardian-requests', pattern: '25 * * * *', run: () => sweepRequests(server) },
]
