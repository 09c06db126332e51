import type { Policy } from './contract/points/policy.ts'

type CheckIn = Policy['checkIn']

/** Points of the check-in on the day that a streak of `days` reaches, without extras. */
export function dailyPoints(checkIn: CheckIn, days: number): number {
  const { scheme } = checkIn
  switch (scheme.type) {
    case 'fixed':
      return scheme.points
    case 'growing':
      return Math.min(scheme.most, scheme.from + scheme.step * (dayInCycle(checkIn, days) - 1))
    case 'cycle':
      return scheme.days[(days - 1) % scheme.days.length]!
  }
}

/** The day of the cycle at a streak of `days`, from 1; the streak itself when there is no cycle. */
export const dayInCycle = ({ cycleDays }: CheckIn, days: number): number =>
  cycleDays > 0 ? ((days - 1) % cycleDays) + 1 : days
