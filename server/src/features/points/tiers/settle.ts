import { dayOf } from '@pointbook/shared/day'
import { settleTier } from '../../../core/tiers/tiers.ts'
import { type Each, settingAside } from '../../../platform/set-aside.ts'
import type { Server } from '../../../server.ts'
import { readAccount } from '../ledger/store.ts'
import { policyInForce } from '../policy/store.ts'
import { settleMember } from './moves.ts'
import { membersToSettle, readHeldTier } from './store.ts'

const AT_ONCE = 256

/**
 * Settles every member's tier for today: grace periods, demotions and the end of granted tiers. Iterates over the members by
 * number and makes a move only where something changes; after an interruption it does the rest. Returns how many tiers changed.
 */
export const settleTiers = (server: Server): Promise<number> =>
  settingAside(server, 'settle-tiers', (each) => settleEach(server, each))

async function settleEach({ db, book, clock, offsetMinutes }: Server, each: Each): Promise<number> {
  const now = clock.now()
  const today = dayOf(now, offsetMinutes)
  const { document: policy } = await policyInForce(db, now)
  let changed = 0
  let after = 0
  for (;;) {
    const members = await membersToSettle(db, after, AT_ONCE)
    if (members.length === 0) return changed
    const settled = await each(members, async ({ memberId }) => {
      const [account, heldTier] = await Promise.all([readAccount(db, memberId), readHeldTier(db, memberId)])
      if (!account || !settleTier(policy, account, heldTier, today)) return false
      return (await book.make(settleMember, { memberId, today }, { behind: true })).changed
    })
    changed += settled.filter(Boolean).length
    after = members.at(-1)!.memberId
  }
}
