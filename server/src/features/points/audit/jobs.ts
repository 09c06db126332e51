import type { AuditPart } from '../../../book/audit-part.ts'
import type { Job } from '../../../platform/schedule.ts'
import type { Server } from '../../../server.ts'
import { audit } from './audit.ts'

/** Runs every night, before the merchant's day begins. */
export const auditJobs = (server: Server, parts: readonly AuditPart[]): Job[] => [
  {
    name: 'ledger-audit',
    pattern: '30 3 * * *',
    run: async () => {
      const { passed, checks } = await audit(server, parts, 'system')
      const failed = checks.filter((check) => !check.passed).map(({ id }) => id)
      if (!passed) server.log.error({ failed }, 'the ledger audit found faults')
    },
  },
]
