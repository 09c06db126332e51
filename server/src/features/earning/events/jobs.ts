import type { Job } from '../../../platform/schedule.ts'
import type { Server } from '../../../server.ts'
import { giveBirthdays } from './birthdays.ts'

export const eventJobs = (server: Server): Job[] => [
  // Runs every hour, so that birthdays are found even if the server was down at midnight.
  { name: 'give-birthdays', pattern: '15 * * * *', run: () => giveBirthdays(server) },
]
