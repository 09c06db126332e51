import type { Condition, EarningRule, Gift, Scope } from '@pointbook/shared/contract/policy'
import { dayText } from '@pointbook/shared/day'
import { group, yuan } from '@pointbook/shared/money'
import { weekdays } from '@pointbook/shared/words'

/** Names for the ids that a policy holds. */
export interface Names {
  tier(id: string): string
  store(id: number): string
}

export const yuanText = (amountFen: number): string => `${yuan(amountFen).replace(/\.00$/, '')} 元`

export const timesText = (multiplierBp: number): string => `×${multiplierBp / 10_000}`

/** A rule as the one sentence a member reads, without its name. */
export const ruleText = (rule: EarningRule, rules: readonly EarningRule[], names: Names): string =>
  [
    ...periodText(rule),
    ...rule.conditions.map((condition) => conditionText(condition, names)),
    ...scopeText(rule.scope),
    giftText(rule.gift),
    ...rivalsText(rule, rules),
  ].join('，')

function periodText({ from, until }: EarningRule): string[] {
  if (from && until) return [`${dayText(from)}至${dayText(until)}`]
  if (from) return [`${dayText(from)}起`]
  return until ? [`${dayText(until)}止`] : []
}

function conditionText(condition: Condition, names: Names): string {
  switch (condition.type) {
    case 'amount-at-least':
      return `单笔满 ${yuanText(condition.amountFen)}`
    case 'amount-below':
      return `单笔不到 ${yuanText(condition.amountFen)}`
    case 'first-purchase':
      return '首次消费'
    case 'tier':
      return `限${condition.tierIds.map(names.tier).join('、')}`
    case 'store':
      return `限${condition.storeIds.map(names.store).join('、')}`
    case 'weekday':
      return `每${condition.days
        .toSorted()
        .map((day) => weekdays[day])
        .join('、')}`
    case 'birthday-month':
      return '生日当月'
  }
}

function scopeText({ only, except }: Scope): string[] {
  const within = namesIn(only)
  const without = namesIn(except)
  return [...(within ? [`限${within}`] : []), ...(without ? [`${without}不参加`] : [])]
}

const namesIn = ({ categories, brands, skus }: Scope['only']): string =>
  [...categories, ...brands, ...skus].map((name) => `「${name}」`).join('')

function giftText(gift: Gift): string {
  switch (gift.type) {
    case 'fixed':
      return `送 ${group(gift.points)} 分`
    case 'rate':
      return `每消费 ${yuanText(gift.perFen)}得 ${group(gift.points)} 分`
    case 'per-unit':
      return `每件再得 ${group(gift.points)} 分`
    case 'multiply':
      return `积分 ${timesText(gift.multiplierBp)}`
    case 'bands':
      return gift.bands
        .toSorted((a, b) => a.fromFen - b.fromFen)
        .map(({ fromFen, multiplierBp }) => `单笔满 ${yuanText(fromFen)}积分 ${timesText(multiplierBp)}`)
        .join('，')
  }
}

/** With whom a rule shares its group: of them only the best counts. */
function rivalsText({ id, group: name }: EarningRule, rules: readonly EarningRule[]): string[] {
  const rivals = name ? rules.filter((rule) => rule.enabled && rule.group === name && rule.id !== id) : []
  return rivals.length > 0 ? [`与${rivals.map((rule) => `「${rule.name}」`).join('')}不同享，只取最多的一项`] : []
}
