import type { OutboxHandler } from '../../../platform/outbox.ts'
import { closeSessionsOf } from '../../../platform/session/member-session.ts'
import type { Server } from '../../../server.ts'

export const signInHandlers = ({ db }: Server): Record<string, OutboxHandler> => ({
  'case.decided': {
    handle: async ({ memberId, decision }: { memberId: number; decision: string }) => {
      if (decision === 'cancelled') await closeSessionsOf(db, memberId)
    },
  },
})
