import type { Job } from '../../../platform/schedule.ts'
import type { Server } from '../../../server.ts'
import { sweepRebindings } from './requests.ts'

export const rebindingJobs = (server: Server): Job[] => [
  { name: 'sweep-rebindings', pattern: '25 4 * * *', run: () => sweepRebindings(server) },
]
