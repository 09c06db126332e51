import type { House } from '../../../outside.ts'
import type { Job } from '../../../platform/schedule.ts'
import { audit } from './audit.ts'

/** Every night, before anybody looks. */
export const auditJobs = (house: House): Job[] => [
  {
    name: 'ledger-audit',
    pattern: '30 3 * * *',
    run: async () => {
      const { passed, checks } = await audit(house, 'system')
      const failed = checks.filter((check) => !check.passed).map(({ id }) => id)
      if (!passed) house.log.error({ failed }, 'the ledger audit found faults')
    },
  },
]
