import type { OutboxHandler } from '../../../platform/outbox.ts'
import type { Server } from '../../../server.ts'
import { completing, ifMayEarn, joining, recordAct } from './acts.ts'
import { readProfile } from './traits.ts'

/** Sign-up and profile give the points themselves; this is for the server that died before it came to it. */
export const welcomeHandlers = (server: Server): Record<string, OutboxHandler> => ({
  'member.registered': {
    handle: async ({ memberId }: { memberId: number }) => {
      await server.book.make(recordAct, joining(memberId))
    },
  },
  'profile.completed': {
    handle: async ({ memberId }: { memberId: number }) => {
      const profile = await readProfile(server, memberId)
      await ifMayEarn(() => server.book.make(recordAct, completing(memberId, profile)))
    },
  },
})
