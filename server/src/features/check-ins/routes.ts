import { dayOf, endOfMonth, isMonth } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { checkIn as decideCheckIn, extrasAhead, standing } from '../../core/streaks.ts'
import type { House } from '../../outside.ts'
import type { Handle } from '../../platform/http.ts'
import { readProfile } from '../points/profile.ts'
import { policyInForce } from '../policy/store.ts'
import { checkIn } from './moves.ts'
import { readCheckIns, readStreak } from './store.ts'

export function checkInRoutes(handle: Handle, house: House) {
  const { db, book, clock, offsetMinutes } = house

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
    const held = standing(streak, today)
    return {
      month,
      today,
      days,
      checkedInToday,
      streak: held,
      pointsToday: checkedInToday ? 0 : decideCheckIn(policy, streak, today).points,
      extras: extrasAhead(policy, held),
    }
  })

  handle('POST /me/check-ins', async ({ caller: { memberId } }) => {
    const on = dayOf(clock.now(), offsetMinutes)
    const { outcome, repeated: already } = await book.submit(checkIn, {
      memberId,
      on,
      profile: await readProfile(house, memberId),
    })
    const { points, days, balance } = outcome
    const text = already ? '今天已经签到过了，明天再来吧' : `签到成功，获得 ${points} 分，已连续签到 ${days} 天`
    return { on, points: already ? 0 : points, streak: days, balance, already, text }
  })
}
