import type { House } from '../../../outside.ts'
import type { Job } from '../../../platform/schedule.ts'
import { settleTiers } from './settle.ts'

export const tierJobs = (house: House): Job[] => [
  { name: 'settle-tiers', pattern: '10 0 * * *', run: () => settleTiers(house) },
]
