import type { Policy } from '@pointbook/shared/contract/policy'
import { addDays, type Day } from '@pointbook/shared/day'
import type { Why } from './points.ts'

export interface Streak {
  memberId: number
  /** Days in a row up to and with `lastOn`. */
  days: number
  lastOn: Day
}

/** How long the streak stands on a day on which the member has not checked in yet: broken by a day left out. */
export const standing = (streak: Streak | undefined, today: Day): number =>
  streak && streak.lastOn >= addDays(today, -1) ? streak.days : 0

export interface CheckedIn {
  days: number
  points: number
  why: Why[]
}

/** Points of checking in today: the daily gift and the extras of the day the streak reaches, counted within the cycle if there is one. */
export function checkIn(policy: Policy, streak: Streak | undefined, today: Day): CheckedIn {
  const days = standing(streak, today) + 1
  const reached = policy.checkIn.extras.filter((extra) => extra.days === inCycle(policy, days))
  const why: Why[] = [
    { rule: '@check-in', points: dailyPoints(policy, days), because: { type: 'fixed' } },
    ...reached.map((extra): Why => ({ rule: '@streak', points: extra.points, because: { type: 'streak', days } })),
    ...extrasAhead(policy, days).map(
      ({ atDays, daysLeft }): Why => ({
        rule: '@streak',
        points: 0,
        because: { type: 'streak-short', days: atDays, daysLeft },
      }),
    ),
  ]
  return { days, points: why.reduce((sum, part) => sum + part.points, 0), why }
}

/** Points of the check-in on the day that a streak of `days` reaches, without extras. */
export function dailyPoints(policy: Policy, days: number): number {
  const { scheme } = policy.checkIn
  switch (scheme.type) {
    case 'fixed':
      return scheme.points
    case 'growing':
      return Math.min(scheme.most, scheme.from + scheme.step * (inCycle(policy, days) - 1))
    case 'cycle':
      return scheme.days[(days - 1) % scheme.days.length]!
  }
}

/** The day of the cycle that a streak of `days` stands on, from 1; without a cycle the streak itself. */
const inCycle = (policy: Policy, days: number): number =>
  policy.checkIn.cycleDays > 0 ? ((days - 1) % policy.checkIn.cycleDays) + 1 : days

/** Extras still to come in this cycle after a streak of `days`, nearest first. */
export function extrasAhead(policy: Policy, days: number): { atDays: number; points: number; daysLeft: number }[] {
  const { extras, cycleDays } = policy.checkIn
  const whole = cycleDays > 0 && days % cycleDays === 0
  const position = days === 0 || whole ? 0 : inCycle(policy, days)
  return extras
    .filter((extra) => extra.days > position)
    .map((extra) => ({ atDays: days - position + extra.days, points: extra.points, daysLeft: extra.days - position }))
    .sort((a, b) => a.daysLeft - b.daysLeft)
}
