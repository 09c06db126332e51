import type { House } from '../../outside.ts'
import type { OutboxHandler } from '../../platform/outbox.ts'
import { joining, recordAct } from './acts.ts'

/** The sign-up gives the points itself; this is for the server that died before it came to it. */
export const welcomeHandlers = ({ book }: House): Record<string, OutboxHandler> => ({
  'member.registered': {
    handle: async ({ memberId }: { memberId: number }) => {
      await book.make(recordAct, joining(memberId))
    },
  },
})
