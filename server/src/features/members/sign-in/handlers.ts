import { closeSessionsOf } from '../../../platform/session/member-session.ts'
import type { Handlers, Server } from '../../../server.ts'

export const signInHandlers = ({ db }: Server) =>
  ({
    'member.merged': {
      handle: ({ doubleId }) => closeSessionsOf(db, doubleId),
    },
    'case.decided': {
      handle: async ({ memberId, decision }) => {
        if (decision === 'cancelled') await closeSessionsOf(db, memberId)
      },
    },
  }) satisfies Handlers
