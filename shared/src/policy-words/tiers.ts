import type { Benefit, Policy, Tier } from '../contract/points/policy.ts'
import { group, yuanText } from '../money.ts'
import { pointsText, timesText } from './rule.ts'

type Tiers = Policy['tiers']
type Measure = Tiers['measure']

export const measures: Record<Measure, string> = { points: '获得的积分', spend: '消费金额', purchases: '消费次数' }

export const windows: Record<Tiers['window'], string> = {
  'calendar-year': '当年 1 月 1 日起',
  rolling: '最近几个月',
  lifetime: '累计',
}

export const benefitClasses: Record<Benefit['class'], string> = {
  shopping: '购物',
  service: '服务',
  'value-added': '增值',
}

export const benefitTypes: Record<Benefit['type'], string> = {
  discount: '会员折扣',
  'birthday-gift': '生日礼',
  priority: '优先权',
  'free-delivery': '免运费',
  'dedicated-service': '专属服务',
  custom: '其他权益',
}

/** A quantity of the measure: points, yuan or purchases. */
export const measureText = (measure: Measure, value: number): string =>
  ({ points: pointsText(value), spend: yuanText(value), purchases: `${group(value)} 次` })[measure]

/** What counts for the tier, and since when. */
export function windowText({ measure, window, rollingMonths }: Pick<Tiers, 'measure' | 'window' | 'rollingMonths'>) {
  const since = window === 'rolling' ? `最近 ${rollingMonths} 个月` : windows[window]
  return `按${since}${measure === 'points' ? '' : '的'}${measures[measure]}计算`
}

export function downgradeText({ downgrade, graceDays }: Pick<Tiers, 'downgrade' | 'graceDays'>): string {
  if (downgrade === 'never') return '升级后不会降级'
  const grace = graceDays > 0 ? `先保留 ${graceDays} 天，之后` : ''
  return `不再达到时，${grace}${downgrade === 'one' ? '降一级' : '降到当时符合的等级'}`
}

/** How a tier is reached and how much faster points come. */
export function tierText({ from, multiplierBp }: Pick<Tier, 'from' | 'multiplierBp'>, measure: Measure): string {
  const reach = from > 0 ? `满 ${measureText(measure, from)}` : '注册即是'
  return multiplierBp > 10_000 ? `${reach}，消费积分 ${timesText(multiplierBp)}` : reach
}

/** The names of a tier's benefits, class by class; '' for none. */
export const benefitNames = ({ benefits }: Pick<Tier, 'benefits'>): string =>
  (['shopping', 'service', 'value-added'] as const)
    .map((kind) => ({ kind, names: benefits.filter((one) => one.class === kind).map(({ name }) => name) }))
    .filter(({ names }) => names.length > 0)
    .map(({ kind, names }) => `${benefitClasses[kind]}：${names.join('、')}`)
    .join('；')

/** A benefit as the merchant set it. */
export const benefitText = ({ class: kind, type, name, text }: Benefit): string =>
  `${benefitClasses[kind]}「${name}」（${benefitTypes[type]}）${text}`
