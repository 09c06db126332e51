import type { Benefit, Policy, Tier } from '../contract/points/policy.ts'
import { group, yuanText } from '../money.ts'
import { say } from '../policy-fields/field.ts'
import { benefitFields, levelFields, tierFields } from '../policy-fields/tiers.ts'
import { pointsText } from '../quantities.ts'

type Tiers = Policy['tiers']
type Measure = Tiers['measure']

export const benefitClasses = benefitFields.class.choices

/** A quantity of the measure: points, yuan or purchases. */
export const measureText = (measure: Measure, value: number): string =>
  ({ points: pointsText(value), spend: yuanText(value), purchases: `${group(value)} 次` })[measure]

/** The figure that counts for the tier, and its period. */
export function windowText(tiers: Pick<Tiers, 'measure' | 'window' | 'rollingMonths'>): string {
  const { measure, window, rollingMonths } = tiers
  const since = window === 'rolling' ? `最近 ${rollingMonths} 个月` : tierFields.window.choices[window]
  const counted = `按${since}${measure === 'points' ? '' : '的'}${tierFields.measure.choices[measure]}计算`
  return say(tierFields, tiers, 'window', counted)
}

export const downgradeText = (tiers: Pick<Tiers, 'downgrade' | 'graceDays'>): string =>
  say(tierFields, tiers, 'downgrade', fallText(tiers))

function fallText({ downgrade, graceDays }: Pick<Tiers, 'downgrade' | 'graceDays'>): string {
  if (downgrade === 'never') return '升级后不会降级'
  const grace = graceDays > 0 ? `先保留 ${graceDays} 天，之后` : ''
  return `不再达到时，${grace}${downgrade === 'one' ? '降一级' : '降到当时符合的等级'}`
}

/** The threshold and the multiplier of a tier. */
export const tierText = (tier: Pick<Tier, 'from' | 'multiplierBp'>, measure: Measure): string =>
  say(levelFields, tier, 'tier', tier.from > 0 ? `满 ${measureText(measure, tier.from)}` : '注册即是')

/** The names of a tier's benefits, class by class; '' for none. */
export const benefitNames = ({ benefits }: Pick<Tier, 'benefits'>): string =>
  (['shopping', 'service', 'value-added'] as const)
    .map((kind) => ({ kind, names: benefits.filter((one) => one.class === kind).map(({ name }) => name) }))
    .filter(({ names }) => names.length > 0)
    .map(({ kind, names }) => `${benefitClasses[kind]}：${names.join('、')}`)
    .join('；')

/** A benefit as the merchant set it. */
export const benefitText = ({ class: kind, type, name, text }: Benefit): string =>
  `${benefitClasses[kind]}「${name}」（${benefitFields.type.choices[type]}）${text}`
