import { dayOf } from '@pointbook/shared/day'
import type { House } from '../../outside.ts'
import { expireMember } from './moves.ts'
import { type Due, readDue } from './store.ts'

// Half of what a batch of the book holds: a till that waits for the batch before it hardly notices. The next are read meanwhile.
const AT_ONCE = 128
const beginning: Due = { dueOn: '1970-01-01', memberId: 0 }

/** Ends all points past their last usable day. Taken up again after a crash, it does only what is left. Returns the points. */
export async function expirePoints({ db, book, clock, offsetMinutes }: House): Promise<number> {
  const today = dayOf(clock.now(), offsetMinutes)
  let expired = 0
  let next = readDue(db, today, beginning, AT_ONCE)
  for (;;) {
    const due = await next
    if (due.length === 0) return expired
    next = readDue(db, today, due.at(-1)!, AT_ONCE)
    // Should it fail, it says so when it is awaited.
    next.catch(() => {})
    const members = [...new Set(due.map(({ memberId }) => memberId))]
    const answers = await Promise.all(members.map((memberId) => book.submit(expireMember, { memberId, today })))
    // Who had points ending on several days may have been read twice, but is ended once.
    for (const { outcome, repeated } of answers) if (!repeated) expired += outcome.points
  }
}
