import { checkIn, extrasAhead, standing } from '@pointbook/server/core/streaks'
import { expect, it } from 'vitest'
import { aPolicy } from '../support/policies.ts'

const policy = aPolicy()
const endless = aPolicy({ checkIn: { ...policy.checkIn, cycleDays: 0 } })
const streak = (days: number, lastOn = '2026-03-01') => ({ memberId: 1, days, lastOn })

it('stands through the day after the last check-in and falls on the next', () => {
  expect(standing(streak(4), '2026-03-01')).toBe(4)
  expect(standing(streak(4), '2026-03-02')).toBe(4)
  expect(standing(streak(4), '2026-03-03')).toBe(0)
  expect(standing(undefined, '2026-03-03')).toBe(0)
})

it('pays an extra on the day the streak reaches it, and in every cycle again', () => {
  const points = (days: number, of = policy) => checkIn(of, streak(days - 1), '2026-03-02').points
  expect([1, 2, 3, 4, 6, 7, 8, 10, 14].map((days) => points(days))).toEqual([5, 5, 10, 5, 5, 15, 5, 10, 15])
  expect([3, 7, 10, 14].map((days) => points(days, endless))).toEqual([10, 15, 5, 5])
})

it('says what lies ahead, counted from today, and nothing that was already paid', () => {
  expect(extrasAhead(policy, 0)).toEqual([
    { atDays: 3, points: 5, daysLeft: 3 },
    { atDays: 7, points: 10, daysLeft: 7 },
  ])
  expect(extrasAhead(policy, 3)).toEqual([{ atDays: 7, points: 10, daysLeft: 4 }])
  expect(extrasAhead(policy, 7)).toEqual([
    { atDays: 10, points: 5, daysLeft: 3 },
    { atDays: 14, points: 10, daysLeft: 7 },
  ])
  expect(extrasAhead(endless, 7)).toEqual([])
})

it('explains every point of a check-in', () => {
  const { points, why } = checkIn(policy, streak(2), '2026-03-02')
  expect(why.reduce((sum, part) => sum + part.points, 0)).toBe(points)
  expect(why).toContainEqual({ rule: '@streak', points: 5, because: { type: 'streak', days: 3 } })
  expect(why).toContainEqual({ rule: '@streak', points: 0, because: { type: 'streak-short', days: 7, daysLeft: 4 } })
})
