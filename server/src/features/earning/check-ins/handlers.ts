import type { OutboxHandler } from '../../../platform/outbox.ts'
import type { Server } from '../../../server.ts'
import type { MemberMerged } from '../../members/directory/merged.ts'
import { joinStreaks } from './join-streaks.ts'

export const checkInHandlers = ({ book }: Server): Record<string, OutboxHandler> => ({
  'member.merged': {
    handle: async ({ keptId, doubleId }: MemberMerged) => {
      await book.make(joinStreaks, { keptId, doubleId })
    },
  },
})
