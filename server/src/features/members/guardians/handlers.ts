import { inTransaction } from '../../../platform/database/pool.ts'
import type { Handlers, Server } from '../../../server.ts'
import { readGuardian } from './store.ts'
import { guardians } from './tables.ts'

export const guardianHandlers = ({ db }: Server) =>
  ({
    /** The kept record has the double's guardian too, where it has none: who was under 14 stays protected. */
    'member.merged': {
      handle: ({ keptId, doubleId }) =>
        inTransaction(db, async (tx) => {
          const theirs = await readGuardian(tx, doubleId)
          if (theirs)
            await tx
              .insert(guardians)
              .ignore()
              .values({ ...theirs, memberId: keptId })
        }),
    },
  }) satisfies Handlers
