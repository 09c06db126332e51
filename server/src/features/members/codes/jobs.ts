import { addMs } from '@pointbook/shared/day'
import type { Job } from '../../../platform/schedule.ts'
import type { Server } from '../../../server.ts'
import { sweepCodeUses } from './store.ts'

const DAY_MS = 86_400_000

export const codeJobs = ({ db, clock }: Server): Job[] => [
  { name: 'sweep-code-uses', pattern: '25 4 * * *', run: () => sweepCodeUses(db, addMs(clock.now(), -DAY_MS)) },
]
