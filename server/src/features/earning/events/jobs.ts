import type { House } from '../../../outside.ts'
import type { Job } from '../../../platform/schedule.ts'
import { giveBirthdays } from './birthdays.ts'

export const eventJobs = (house: House): Job[] => [
  // Every hour, so that a server that slept at midnight still congratulates.
  { name: 'give-birthdays', pattern: '15 * * * *', run: () => giveBirthdays(house) },
]
