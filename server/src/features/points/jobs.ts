import { dayOf } from '@pointbook/shared/day'
import type { House } from '../../outside.ts'
import { expireMember } from './moves.ts'
import { type Due, readDue } from './store.ts'

// As many as one batch of the book holds.
const AT_ONCE = 256
const beginning: Due = { dueOn: '1970-01-01', memberId: 0 }

/** Ends all points past their last usable day. Taken up again after a crash, it does only what is left. Returns the points. */
export async function expirePoints({ db, book, clock, offsetMinutes }: House): Promise<number> {
  const today = dayOf(clock.now(), offsetMinutes)
  let expired = 0
  let after = beginning
  for (;;) {
    const due = await readDue(db, today, after, AT_ONCE)
    if (due.length === 0) return expired
    const members = [...new Set(due.map(({ memberId }) => memberId))]
    const outcomes = await Promise.all(members.map((memberId) => book.make(expireMember, { memberId, today })))
    expired += outcomes.reduce((sum, { points }) => sum + points, 0)
    after = due.at(-1)!
  }
}
