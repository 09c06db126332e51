import type { Handlers, Server } from '../../../server.ts'
import { joinStreaks } from './join-streaks.ts'

export const checkInHandlers = ({ book }: Server) =>
  ({
    'member.merged': {
      handle: async ({ keptId, doubleId }) => {
        await book.make(joinStreaks, { keptId, doubleId })
      },
    },
  }) satisfies Handlers
