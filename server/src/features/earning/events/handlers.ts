import type { Handlers, Server } from '../../../server.ts'
import { completing, ifMayEarn, joining, recordAct } from './acts.ts'
import { readProfile } from './traits.ts'

/** Sign-up and profile give the points themselves; this is for the server that died before it came to it. */
export const registrationAndProfileHandlers = (server: Server) =>
  ({
    'member.registered': {
      handle: async ({ memberId }) => {
        await server.book.make(recordAct, joining(memberId))
      },
    },
    'profile.completed': {
      handle: async ({ memberId }) => {
        const profile = await readProfile(server, memberId)
        await ifMayEarn(() => server.book.make(recordAct, completing(memberId, profile)))
      },
    },
  }) satisfies Handlers
