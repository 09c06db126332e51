import type { House } from '../../../outside.ts'
import type { Job } from '../../../platform/schedule.ts'
import { expirePoints } from './expire.ts'

export const ledgerJobs = (house: House): Job[] => [
  { name: 'expire-points', pattern: '5 0 * * *', run: () => expirePoints(house) },
]
