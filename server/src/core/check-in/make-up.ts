import { dailyPoints } from '@pointbook/shared/check-in'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { addDays, type Day, daysBetween } from '@pointbook/shared/day'
import type { Explanation } from '../ledger/points.ts'

/** Days in a row up to and with `on`, or from `on` when `step` is 1; 0 when `on` itself was left out. */
export function daysInARow(days: ReadonlySet<Day>, on: Day, step: 1 | -1 = -1): number {
  let count = 0
  for (let day = on; days.has(day); day = addDays(day, step)) count++
  return count
}

/** All streak bonuses paid during a streak of this length. */
function extrasWithin({ checkIn }: Policy, days: number): number {
  const { extras, cycleDays } = checkIn
  const cycles = cycleDays > 0 ? Math.floor(days / cycleDays) : 0
  const rest = days - cycles * cycleDays
  return extras.reduce((sum, extra) => {
    const times = (extra.days <= cycleDays ? cycles : 0) + (extra.days <= rest ? 1 : 0)
    return sum + times * extra.points
  }, 0)
}

export interface MadeUp {
  points: number
  why: Explanation[]
  /** The streak that the day joins together. */
  days: number
  lastOn: Day
}

/**
 * The points of a make-up check-in: the points of the day by its place in the repaired streak, plus the streak bonuses of the
 * repaired streak minus those already paid for the two streaks that it joins. So no bonus is paid twice, and the total equals
 * that of a streak without the gap.
 */
export function makeUp(policy: Policy, days: ReadonlySet<Day>, on: Day): MadeUp {
  const before = daysInARow(days, addDays(on, -1))
  const after = daysInARow(days, addDays(on, 1), 1)
  const whole = before + 1 + after
  const due = extrasWithin(policy, whole)
  const paid = Math.min(due, extrasWithin(policy, before) + extrasWithin(policy, after))
  const why: Explanation[] = [
    { rule: '@check-in', points: dailyPoints(policy.checkIn, before + 1), because: { type: 'fixed' } },
    ...(due > extrasWithin(policy, before)
      ? [{ rule: '@streak', points: due - paid, because: { type: 'streak-repaired', days: whole, due, paid } } as const]
      : []),
  ]
  const points = why.reduce((sum, part) => sum + part.points, 0)
  return { points, why, days: whole, lastOn: addDays(on, after) }
}

/** Whether a day may still be made up for: left out, since the member joined, and not too long ago. Today is checked in plainly. */
export function mayMakeUp(
  { checkIn }: Policy,
  days: ReadonlySet<Day>,
  { on, today, joinedOn }: { on: Day; today: Day; joinedOn: Day },
): boolean {
  const back = daysBetween(on, today)
  return back >= 1 && back <= (checkIn.makeUp?.daysBack ?? 0) && on >= joinedOn && !days.has(on)
}

/** The days left out that may be made up for, the earliest first. */
export function daysToMakeUp(policy: Policy, days: ReadonlySet<Day>, today: Day, joinedOn: Day): Day[] {
  const back = policy.checkIn.makeUp?.daysBack ?? 0
  const candidates = Array.from({ length: back }, (_, index) => addDays(today, index - back))
  return candidates.filter((on) => mayMakeUp(policy, days, { on, today, joinedOn }))
}
