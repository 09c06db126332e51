import { dailyPoints, dayInCycle } from '@pointbook/shared/check-in'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { addDays, type Day } from '@pointbook/shared/day'
import type { Explanation } from '../ledger/points.ts'

export interface Streak {
  memberId: number
  /** Days in a row up to and with `lastOn`. */
  days: number
  lastOn: Day
}

/** The length of the streak on a day before the member checks in; 0 after a missed day. */
export const standing = (streak: Streak | undefined, today: Day): number =>
  streak && streak.lastOn >= addDays(today, -1) ? streak.days : 0

export interface CheckedIn {
  days: number
  points: number
  why: Explanation[]
}

/** Points of checking in today: the daily gift and the extras of the day the streak reaches, counted within the cycle if there is one. */
export function checkIn(policy: Policy, streak: Streak | undefined, today: Day): CheckedIn {
  const days = standing(streak, today) + 1
  const reached = policy.checkIn.extras.filter((extra) => extra.days === dayInCycle(policy.checkIn, days))
  const why: Explanation[] = [
    { rule: '@check-in', points: dailyPoints(policy.checkIn, days), because: { type: 'fixed' } },
    ...reached.map(
      (extra): Explanation => ({ rule: '@streak', points: extra.points, because: { type: 'streak', days } }),
    ),
    ...extrasAhead(policy, days).map(
      ({ atDays, daysLeft }): Explanation => ({
        rule: '@streak',
        points: 0,
        because: { type: 'streak-short', days: atDays, daysLeft },
      }),
    ),
  ]
  return { days, points: why.reduce((sum, part) => sum + part.points, 0), why }
}

/** Extras still to come in this cycle after a streak of `days`, nearest first. */
export function extrasAhead(policy: Policy, days: number): { atDays: number; points: number; daysLeft: number }[] {
  const { extras, cycleDays } = policy.checkIn
  const whole = cycleDays > 0 && days % cycleDays === 0
  const position = days === 0 || whole ? 0 : dayInCycle(policy.checkIn, days)
  return extras
    .filter((extra) => extra.days > position)
    .map((extra) => ({ atDays: days - position + extra.days, points: extra.points, daysLeft: extra.days - position }))
    .sort((a, b) => a.daysLeft - b.daysLeft)
}

/** The streak of two merged records: the longer one, with the later last day. */
export function longerStreak(a: Streak | undefined, b: Streak | undefined, today: Day): Streak | undefined {
  if (!a || !b) return a ?? b
  const later = a.lastOn < b.lastOn ? b : a
  return { ...later, days: Math.max(later.days, standing(a, today), standing(b, today)) }
}
