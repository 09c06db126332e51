import { dayOf } from '@pointbook/shared/day'
import { settleTier } from '../../core/tiers.ts'
import type { House } from '../../outside.ts'
import { policyInForce } from '../policy/store.ts'
import { settleMember } from './moves.ts'
import { membersToSettle } from './store.ts'

const AT_ONCE = 256

/**
 * Settles every member's tier for today: grace, falls and the end of granted tiers. Goes through the members by number and makes a
 * move only where something changes; broken off and taken up again it does what is left. Returns how many tiers changed.
 */
export async function settleTiers({ db, book, clock, offsetMinutes }: House): Promise<number> {
  const now = clock.now()
  const today = dayOf(now, offsetMinutes)
  const { document: policy } = await policyInForce(db, now)
  let changed = 0
  let after = 0
  for (;;) {
    const members = await membersToSettle(db, after, AT_ONCE)
    if (members.length === 0) return changed
    const due = members.filter(({ account, held }) => settleTier(policy, account, held, today))
    const outcomes = await Promise.all(
      due.map(({ account: { memberId } }) => book.make(settleMember, { memberId, today }, { behind: true })),
    )
    changed += outcomes.filter((outcome) => outcome.changed).length
    after = members.at(-1)!.account.memberId
  }
}
