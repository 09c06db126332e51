import type { House } from '../../../outside.ts'
import type { Job } from '../../../platform/schedule.ts'
import { sweepSessions } from '../../../platform/session/member-session.ts'

export const signInJobs = ({ db }: House): Job[] => [
  { name: 'sweep-sessions', pattern: '20 4 * * *', run: () => sweepSessions(db) },
]
