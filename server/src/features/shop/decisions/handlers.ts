import { clerkRef } from '@pointbook/shared/references'
import { and, eq } from 'drizzle-orm'
import { inTransaction } from '../../../platform/database/pool.ts'
import type { Handlers, Server } from '../../../server.ts'
import { approvalsTable } from '../approvals/tables.ts'

const { asker, memberId, state } = approvalsTable

/** What waits about a double, or was asked for by one, goes to the kept record. */
export const decisionHandlers = ({ db }: Server) =>
  ({
    'member.merged': {
      handle: ({ keptId, doubleId }) =>
        inTransaction(db, async (tx) => {
          const isWaiting = eq(state, 'waiting')
          await tx
            .update(approvalsTable)
            .set({ memberId: keptId })
            .where(and(isWaiting, eq(memberId, doubleId)))
          await tx
            .update(approvalsTable)
            .set({ asker: clerkRef(keptId) })
            .where(and(isWaiting, eq(asker, clerkRef(doubleId))))
        }),
    },
  }) satisfies Handlers
