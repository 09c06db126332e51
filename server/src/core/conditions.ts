import type { Condition, EarningRule, Scope } from '@pointbook/shared/contract/policy'
import { type Day, weekdayOf } from '@pointbook/shared/day'
import type { Because } from '@pointbook/shared/words'

export interface Line {
  name: string
  sku?: string
  category?: string
  brand?: string
  quantity: number
  /** Paid for the whole line, fen. */
  amountFen: number
}

/** All that a rule may look at. */
export interface Purchase {
  lines: Line[]
  amountFen: number
  storeId: number
  on: Day
  firstPurchase: boolean
  tierId: string | null
  birthday: Day | null
}

/** Null when the rule applies; else the reason it does not. */
export function whyNot(rule: EarningRule, purchase: Purchase): Because | null {
  if (!rule.enabled) return { type: 'disabled' }
  if (rule.from && purchase.on < rule.from) return { type: 'not-yet', from: rule.from }
  if (rule.until && purchase.on > rule.until) return { type: 'over', until: rule.until }
  for (const condition of rule.conditions) {
    const reason = unmet(condition, purchase)
    if (reason) return reason
  }
  return null
}

function unmet(condition: Condition, purchase: Purchase): Because | null {
  const { amountFen } = purchase
  switch (condition.type) {
    case 'amount-at-least':
      return amountFen >= condition.amountFen
        ? null
        : { type: 'amount-below', neededFen: condition.amountFen, amountFen }
    case 'amount-below':
      return amountFen < condition.amountFen ? null : { type: 'amount-above', limitFen: condition.amountFen, amountFen }
    case 'first-purchase':
      return purchase.firstPurchase ? null : { type: 'not-first' }
    case 'tier':
      return purchase.tierId && condition.tierIds.includes(purchase.tierId) ? null : { type: 'other-tier' }
    case 'store':
      return condition.storeIds.includes(purchase.storeId) ? null : { type: 'other-store' }
    case 'weekday':
      return condition.days.includes(weekdayOf(purchase.on)) ? null : { type: 'other-weekday', days: condition.days }
    case 'birthday-month':
      return purchase.birthday?.slice(5, 7) === purchase.on.slice(5, 7) ? null : { type: 'not-birthday' }
  }
}

/** The numbers of the lines a scope covers. */
export function linesInScope(scope: Scope, lines: readonly Line[]): number[] {
  const { only, except } = scope
  const all = !only.categories.length && !only.brands.length && !only.skus.length
  return lines.flatMap((line, index) => ((all || names(only, line)) && !names(except, line) ? index : []))
}

const names = (list: Scope['only'], line: Line): boolean =>
  (line.category !== undefined && list.categories.includes(line.category)) ||
  (line.brand !== undefined && list.brands.includes(line.brand)) ||
  (line.sku !== undefined && list.skus.includes(line.sku))
