import type { Trigger } from '@pointbook/shared/contract/earning-rule'
import type { Policy } from '@pointbook/shared/contract/policy'
import { addMonths, type Day } from '@pointbook/shared/day'
import type { Lot } from './points.ts'
import type { NewDates } from './redate.ts'

/** True when activity of this kind makes points live longer. */
export const extendsBy = ({ expiry: { extension } }: Policy, trigger: Trigger): boolean =>
  extension?.by.includes(trigger) ?? false

/** The later last days that activity gives to points still valid. Points that never expire need none. */
export function extended(policy: Policy, lots: readonly Lot[], trigger: Trigger, today: Day): NewDates[] {
  const { extension } = policy.expiry
  if (extension === null || !extension.by.includes(trigger)) return []
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
