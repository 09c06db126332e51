import type { Policy } from '@pointbook/shared/contract/points/policy'
import { type Day, dayOf, endOfMonth, isDay, isMonth } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { daysToMakeUp, makeUp as decideMakeUp } from '../../../core/check-in/make-up.ts'
import { extrasAhead, standing } from '../../../core/check-in/streaks.ts'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { identitiesOf } from '../../members/identities/store.ts'
import { policyInForce } from '../../points/policy/store.ts'
import { ifMayEarn } from '../events/acts.ts'
import { readProfile } from '../events/traits.ts'
import { makeUp } from './make-up.ts'
import { checkIn } from './moves.ts'
import { readAllDays, readCheckIns, readMakeUps, readStreak } from './store.ts'

export function checkInRoutes(handle: Handle, server: Server) {
  const { db, book, clock, offsetMinutes } = server

  handle('GET /me/check-ins', async ({ input, caller: { memberId } }) => {
    const now = clock.now()
    const today = dayOf(now, offsetMinutes)
    const month = input.month ?? today.slice(0, 7)
    if (!isMonth(month)) throw new Refusal('input.invalid')
    const [streak, days, { document: policy }] = await Promise.all([
      readStreak(db, memberId),
      readCheckIns(db, memberId, `${month}-01`, endOfMonth(`${month}-01`)),
      policyInForce(db, now),
    ])
    const checkedInToday = streak?.lastOn === today
    const currentStreak = standing(streak, today)
    return {
      month,
      today,
      days,
      checkedInToday,
      streak: currentStreak,
      pointsToday: checkedInToday || !policy.checkIn.enabled ? 0 : await pointsFor(memberId, today),
      extras: policy.checkIn.enabled ? extrasAhead(policy, currentStreak) : [],
      makeUp: await readMakeUp(memberId, today, policy),
    }
  })

  handle('POST /me/check-ins', async ({ input: { points: seen }, caller: { memberId } }) => {
    const on = dayOf(clock.now(), offsetMinutes)
    const { outcome, repeated: already } = await book.submit(checkIn, { memberId, on, shown: { points: seen } })
    const { points, days, balance } = outcome
    const text = already ? '今天已经签到过了，明天再来吧' : `签到成功，获得 ${points} 分，已连续签到 ${days} 天`
    return { on, points: already ? 0 : points, streak: days, balance, already, text }
  })

  // Sending it again is safe without the request id: the day itself is the key.
  handle('POST /me/check-ins/make-up', async ({ input: { on, price, points }, caller: { memberId } }) => {
    if (!isDay(on)) throw new Refusal('input.invalid')
    const [{ joinedOn }, records] = await Promise.all([readProfile(server, memberId), identitiesOf(db, memberId)])
    const { days: streak, ...made } = await book.make(makeUp, {
      memberId,
      on,
      joinedOn: joinedOn!,
      records,
      shown: { price, points },
    })
    return { on, streak, ...made, text: `补签成功，获得 ${made.points} 分，已连续签到 ${streak} 天` }
  })

  /** The figure comes from a preview of the check-in, because rules, tiers and caps may change the points of the streak. */
  async function pointsFor(memberId: number, on: Day): Promise<number> {
    const preview = await ifMayEarn(() => book.preview(checkIn, { memberId, on }))
    return preview?.points ?? 0
  }

  /** The days that may be made up for, with price and points. */
  async function readMakeUp(memberId: number, today: Day, policy: Policy) {
    const terms = policy.checkIn.enabled ? policy.checkIn.makeUp : null
    if (!terms) return null
    const [done, used, { joinedOn }] = await Promise.all([
      readAllDays(db, await identitiesOf(db, memberId)),
      readMakeUps(db, memberId, today),
      readProfile(server, memberId),
    ])
    const days = daysToMakeUp(policy, done, today, joinedOn!).map((on) => {
      const { points, days: streak } = decideMakeUp(policy, done, on)
      return { on, points, streak }
    })
    return { price: terms.price, left: Math.max(0, terms.perMonth - used), days }
  }
}
