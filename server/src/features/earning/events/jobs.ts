import type { Job } from '../../../platform/schedule.ts'
import type { Server } from '../../../server.ts'
import { giveBirthdays } from './birthdays.ts'

export const eventJobs = (server: Server): Job[] => [
  // Every hour, so that a server that slept at midnight still congratulates.
  { name: 'give-birthdays', pattern: '15 * * * *', run: () => giveBirthdays(server) },
]
