import type { Job } from '../../../platform/schedule.ts'
import type { Server } from '../../../server.ts'
import { settleTiers } from './settle.ts'

export const tierJobs = (server: Server): Job[] => [
  { name: 'settle-tiers', pattern: '10 0 * * *', run: () => settleTiers(server) },
]
