import { optionalPurposes } from '@pointbook/shared/purposes'
import { inTransaction } from '../../../platform/database/pool.ts'
import type { Handlers, Server } from '../../../server.ts'
import { isAllowed } from '../directory/allowed.ts'
import { lockMembers } from '../directory/lock.ts'
import { writeChoice } from './write.ts'

export const consentHandlers = ({ db, clock }: Server) =>
  ({
    /** The stricter wins: the kept record refuses what either refused. Which version it has agreed to does not change. */
    'member.merged': {
      handle: ({ keptId, doubleId }) =>
        inTransaction(db, async (tx) => {
          const rows = await lockMembers(tx, [keptId, doubleId])
          const double = rows.find(({ id }) => id === doubleId)!
          let kept = rows.find(({ id }) => id === keptId)!
          for (const purpose of optionalPurposes) {
            if (isAllowed(double, purpose) || !isAllowed(kept, purpose)) continue
            const how = { place: 'merge', by: 'system', at: clock.now() } as const
            kept = { ...kept, choices: await writeChoice(tx, kept, { purpose, allowed: false }, how) }
          }
        }),
    },
  }) satisfies Handlers
