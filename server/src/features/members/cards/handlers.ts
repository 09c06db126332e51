import type { OutboxHandler } from '../../../platform/outbox.ts'
import type { Server } from '../../../server.ts'
import { moveCards } from './issue.ts'

export const cardHandlers = (server: Server): Record<string, OutboxHandler> => ({
  'member.merged': {
    handle: ({ keptId, doubleId }: { keptId: number; doubleId: number }) => moveCards(server, doubleId, keptId),
  },
})
