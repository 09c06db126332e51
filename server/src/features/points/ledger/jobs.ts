import type { Job } from '../../../platform/schedule.ts'
import type { Server } from '../../../server.ts'
import { expirePoints } from './expire.ts'

export const ledgerJobs = (server: Server): Job[] => [
  { name: 'expire-points', pattern: '5 0 * * *', run: () => expirePoints(server) },
]
