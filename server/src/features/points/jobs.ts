import { dayOf } from '@pointbook/shared/day'
import type { House } from '../../outside.ts'
import { expireMember } from './moves.ts'
import { membersToExpire } from './store.ts'

const AT_ONCE = 256

/** Ends all points past their last usable day. Taken up again after a crash, it does only what is left. Returns the points. */
export async function expirePoints({ db, book, clock, offsetMinutes }: House): Promise<number> {
  const today = dayOf(clock.now(), offsetMinutes)
  let expired = 0
  let after = 0
  for (;;) {
    const members = await membersToExpire(db, today, after, AT_ONCE)
    if (members.length === 0) return expired
    const outcomes = await Promise.all(members.map((memberId) => book.make(expireMember, { memberId, today })))
    expired += outcomes.reduce((sum, { points }) => sum + points, 0)
    after = members.at(-1)!
  }
}
