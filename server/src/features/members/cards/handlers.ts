import type { House } from '../../../outside.ts'
import type { OutboxHandler } from '../../../platform/outbox.ts'
import { moveCards } from './issue.ts'

export const cardHandlers = (house: House): Record<string, OutboxHandler> => ({
  'member.merged': {
    handle: ({ keptId, doubleId }: { keptId: number; doubleId: number }) => moveCards(house, doubleId, keptId),
  },
})
