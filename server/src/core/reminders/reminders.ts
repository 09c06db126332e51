import type { Policy } from '@pointbook/shared/contract/points/policy'
import { addDays, type Day } from '@pointbook/shared/day'
import type { Lot } from '../assets/posting.ts'

type Settings = Policy['reminder']

/** Points of one member that run out on one day. */
export interface Expiring {
  memberId: number
  /** Last usable day. */
  on: Day
  points: number
}

/** The reminders due today: points whose last usable day is at most `daysBefore` days ahead, if there are enough of them. */
export function remindersDue({ enabled, daysBefore, minimumPoints }: Settings, lots: readonly Lot[], today: Day) {
  const last = addDays(today, daysBefore)
  const byMemberAndDay = new Map<string, Expiring>()
  for (const { memberId, expiresOn: on, remaining, usableOn } of lots) {
    if (on === null || on < today || on > last || usableOn > on) continue
    const mark = `${memberId}/${on}`
    const points = (byMemberAndDay.get(mark)?.points ?? 0) + remaining
    byMemberAndDay.set(mark, { memberId, on, points })
  }
  const least = Math.max(1, minimumPoints)
  return enabled ? [...byMemberAndDay.values()].filter(({ points }) => points >= least) : []
}

/** Whether a message may go out at this hour of the shop's clock. */
export const isReminderHour = ({ fromHour, untilHour }: Settings, hour: number): boolean =>
  fromHour <= hour && hour < untilHour

export interface Treat {
  name: string
  points: number
  /** How many have been redeemed so far. */
  redeemed: number
}

/**
 * The item to suggest: the one redeemed most often among those that these points can buy; the more expensive one among equals.
 */
export function bestTreat<T extends Treat>(treats: readonly T[], points: number): T | null {
  const reached = treats.filter((treat) => treat.points <= points)
  return reached.toSorted((a, b) => b.redeemed - a.redeemed || b.points - a.points)[0] ?? null
}
