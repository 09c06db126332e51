import type { Handlers, Server } from '../../../server.ts'
import { moveCards } from './issue.ts'

export const cardHandlers = (server: Server) =>
  ({
    'member.merged': {
      handle: ({ keptId, doubleId }) => moveCards(server, doubleId, keptId),
    },
  }) satisfies Handlers
