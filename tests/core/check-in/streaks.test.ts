import { checkIn, extrasAhead, standing } from '@pointbook/server/core/check-in/streaks'
import { expect, it } from 'vitest'
import { aPolicy } from '../../support/policies.ts'

const policy = aPolicy()
const endless = aPolicy({ checkIn: { ...policy.checkIn, cycleDays: 0 } })
const streak = (days: number, lastOn = '2026-03-01') => ({ memberId: 1, days, lastOn })

it('continues during the day after the last check-in and ends on the day after that', () => {
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

it('lists the coming bonuses, counted from today, and none already paid', () => {
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

it('grows from 5 to 15 points a day and begins again after a break (B24)', () => {
  const growing = aPolicy({
    checkIn: { ...policy.checkIn, scheme: { type: 'growing', from: 5, step: 1, most: 15 }, extras: [], cycleDays: 0 },
  })
  const points = (days: number) => checkIn(growing, streak(days - 1), '2026-03-02').points
  expect([1, 2, 3, 10, 11, 12, 40].map(points)).toEqual([5, 6, 7, 14, 15, 15, 15])
  expect(checkIn(growing, streak(40), '2026-03-03')).toMatchObject({ days: 1, points: 5 })
})

it('pays day by day around a cycle', () => {
  const around = aPolicy({
    checkIn: { ...policy.checkIn, scheme: { type: 'cycle', days: [1, 2, 3] }, extras: [], cycleDays: 0 },
  })
  const points = (days: number) => checkIn(around, streak(days - 1), '2026-03-02').points
  expect([1, 2, 3, 4, 5, 6, 7].map(points)).toEqual([1, 2, 3, 1, 2, 3, 1])
})

it("goes on over the ends of months and years, and through a leap year's 29 February", () => {
  for (const [lastOn, today] of [
    ['2026-01-31', '2026-02-01'],
    ['2026-02-28', '2026-03-01'],
    ['2028-02-28', '2028-02-29'],
    ['2028-02-29', '2028-03-01'],
    ['2026-12-31', '2027-01-01'],
  ] as const)
    expect([today, standing(streak(4, lastOn), today)]).toEqual([today, 4])
  expect(standing(streak(4, '2028-02-28'), '2028-03-01')).toBe(0)
})
