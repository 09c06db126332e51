import type { Job } from '../../../platform/schedule.ts'
import type { Server } from '../../../server.ts'
import { sealFirstRelease } from './sealings.ts'

export const dataKeyJobs = (server: Server): Job[] => [
  // The next release drops it, together with the columns that it empties.
  { name: 'seal-personal-data', pattern: '5 * * * *', atStart: true, run: () => sealFirstRelease(server) },
]
