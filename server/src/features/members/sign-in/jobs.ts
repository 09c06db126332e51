import type { Job } from '../../../platform/schedule.ts'
import { sweepSessions } from '../../../platform/session/member-session.ts'
import type { Server } from '../../../server.ts'

export const signInJobs = ({ db }: Server): Job[] => [
  { name: 'sweep-sessions', pattern: '20 4 * * *', run: () => sweepSessions(db) },
]
