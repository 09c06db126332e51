import { dayOf } from '@pointbook/shared/day'
import type { Job } from '../../../platform/schedule.ts'
import { settingAside } from '../../../platform/set-aside.ts'
import type { Server } from '../../../server.ts'
import { endLapsedCoupons } from './moves.ts'
import { readLapsed } from './store.ts'

const AT_ONCE = 256

export const couponJobs = (server: Server): Job[] => [
  { name: 'end-coupons', pattern: '15 0 * * *', run: () => endLapsed(server) },
]

/** Ends the coupons whose last day is over, and releases their money. Returns how many. */
const endLapsed = (server: Server): Promise<number> =>
  settingAside(server, 'end-coupons', async (each) => {
    const { db, book, clock, offsetMinutes } = server
    const on = dayOf(clock.now(), offsetMinutes)
    let ended = 0
    for (let after = 0; ; ) {
      const some = await readLapsed(db, on, after, AT_ONCE)
      if (some.length === 0) return ended
      const wishes = some.map((one) => ({ ...one, on }))
      const answers = await each(wishes, (wish) => book.submit(endLapsedCoupons, wish, { behind: true }))
      ended += answers.reduce((sum, { outcome, repeated }) => sum + (repeated ? 0 : outcome.ended), 0)
      after = some.at(-1)!.memberId
    }
  })
