import type { Trigger } from '@pointbook/shared/contract/points/earning-rule'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { addMonths, type Day } from '@pointbook/shared/day'
import type { Lot } from '../assets/posting.ts'
import type { NewDates } from '../assets/redate.ts'

/** True when activity of this kind makes points live longer. */
export const extendsBy = ({ expiry: { extension } }: Policy, trigger: Trigger): boolean =>
  extension?.by.includes(trigger) ?? false

/** Whether what is left of a purchase, in money, is enough to count as activity; all of it coming back never is. */
export const isActivity = ({ expiry: { extension } }: Policy, leftFen: number): boolean =>
  leftFen >= Math.max(1, extension?.leastFen ?? 1)

/**
 * The later last days that activity gives to points still valid. Points that never expire need none. `paidFen`: the money of a
 * purchase; null for other activity.
 */
export function extended(
  policy: Policy,
  lots: readonly Lot[],
  trigger: Trigger,
  today: Day,
  paidFen: number | null = null,
): NewDates[] {
  const { extension } = policy.expiry
  if (extension === null || !extension.by.includes(trigger)) return []
  if (paidFen !== null && extension.leastFen !== undefined && paidFen < extension.leastFen) return []
  return lots.flatMap((lot) => {
    const { expiresOn } = lot
    if (expiresOn === null || expiresOn < today || lot.remaining === 0) return []
    const later =
      extension.type === 'renewal'
        ? addMonths(today, extension.months)
        : today >= addMonths(expiresOn, -extension.withinMonths)
          ? addMonths(expiresOn, extension.addMonths)
          : expiresOn
    return later > expiresOn ? { lot, expiresOn: later } : []
  })
}

/** One change of a lot's last day, in the order of the ledger; `stands` is false when its purchase was returned. */
export interface Step {
  expiresFrom: Day | null
  expiresOn: Day | null
  stands: boolean
}

/**
 * The last day of a lot by the steps that stand. `now` is its present last day, which may come from a step that is not listed.
 */
export function lastDayBy(steps: readonly Step[], now: Day | null): Day | null {
  const last = steps.at(-1)
  if (!last) return now
  const days = [steps[0]!.expiresFrom, ...steps.filter(({ stands }) => stands).map(({ expiresOn }) => expiresOn)]
  if (now !== last.expiresOn) days.push(now)
  return days.includes(null) ? null : days.toSorted().at(-1)!
}
