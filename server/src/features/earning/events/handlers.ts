import type { House } from '../../../outside.ts'
import type { OutboxHandler } from '../../../platform/outbox.ts'
import { completing, ifMayEarn, joining, recordAct } from './acts.ts'
import { readProfile } from './traits.ts'

/** Sign-up and profile give the points themselves; this is for the server that died before it came to it. */
export const welcomeHandlers = (house: House): Record<string, OutboxHandler> => ({
  'member.registered': {
    handle: async ({ memberId }: { memberId: number }) => {
      await house.book.make(recordAct, joining(memberId))
    },
  },
  'profile.completed': {
    handle: async ({ memberId }: { memberId: number }) => {
      const profile = await readProfile(house, memberId)
      await ifMayEarn(() => house.book.make(recordAct, completing(memberId, profile)))
    },
  },
})
