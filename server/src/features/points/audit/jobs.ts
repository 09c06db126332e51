import type { Job } from '../../../platform/schedule.ts'
import type { Server } from '../../../server.ts'
import { audit } from './audit.ts'

/** Every night, before anybody looks. */
export const auditJobs = (server: Server): Job[] => [
  {
    name: 'ledger-audit',
    pattern: '30 3 * * *',
    run: async () => {
      const { passed, checks } = await audit(server, 'system')
      const failed = checks.filter((check) => !check.passed).map(({ id }) => id)
      if (!passed) server.log.error({ failed }, 'the ledger audit found faults')
    },
  },
]
