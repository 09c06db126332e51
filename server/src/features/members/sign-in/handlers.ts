import type { House } from '../../../outside.ts'
import type { OutboxHandler } from '../../../platform/outbox.ts'
import { closeSessionsOf } from '../../../platform/session/member-session.ts'

export const signInHandlers = ({ db }: House): Record<string, OutboxHandler> => ({
  'case.decided': {
    handle: async ({ memberId, decision }: { memberId: number; decision: string }) => {
      if (decision === 'cancelled') await closeSessionsOf(db, memberId)
    },
  },
})
