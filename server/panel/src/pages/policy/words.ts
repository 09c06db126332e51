import type { Condition, EarningRule, Gift, Scope } from '@pointbook/shared/contract/earning-rule'
import type { Life, Tier } from '@pointbook/shared/contract/policy'
import { channels, clock, payments, weekdays } from '@pointbook/shared/words'
import { countText, shortMoneyText } from '../../pieces/numbers.ts'

/** Names for the ids that a policy holds. */
export interface Names {
  tier: (id: string) => string
  store: (id: number) => string
}

/** 15 000 → `×1.5`. */
export const timesText = (multiplierBp: number) => `×${multiplierBp / 10_000}`

function giftText(gift: Gift): string {
  switch (gift.type) {
    case 'fixed':
      return `送 ${countText(gift.points)} 分`
    case 'rate':
      return `每消费 ${shortMoneyText(gift.perFen)} 得 ${countText(gift.points)} 分`
    case 'step':
      return `每满 ${shortMoneyText(gift.perFen)} 得 ${countText(gift.points)} 分`
    case 'percent':
      return `按金额的 ${gift.percentBp / 100}% 得分`
    case 'per-unit':
      return `每买一件得 ${countText(gift.points)} 分`
    case 'multiply':
      return `积分 ${timesText(gift.multiplierBp)}`
    case 'bands':
      return [...gift.bands]
        .sort((a, b) => a.fromFen - b.fromFen)
        .map(({ fromFen, multiplierBp }) => `满 ${shortMoneyText(fromFen)} 积分 ${timesText(multiplierBp)}`)
        .join('，')
  }
}

function conditionText(condition: Condition, names: Names): string {
  switch (condition.type) {
    case 'amount-at-least':
      return `单笔满 ${shortMoneyText(condition.amountFen)}`
    case 'amount-below':
      return `单笔不到 ${shortMoneyText(condition.amountFen)}`
    case 'first-purchase':
      return '首次消费'
    case 'tier':
      return `限${condition.tierIds.map(names.tier).join('、')}会员`
    case 'store':
      return `限${condition.storeIds.map(names.store).join('、')}`
    case 'weekday':
      return `限${[...condition.days]
        .sort()
        .map((day) => weekdays[day])
        .join('、')}`
    case 'birthday':
      return { day: '生日当天', week: '生日前后三天', month: '生日当月' }[condition.within]
    case 'nth-purchase':
      return condition.every ? `每第 ${condition.n} 次消费` : `第 ${condition.n} 次消费`
    case 'tag':
      return `有标签 ${condition.tags.join('、')}`
    case 'channel':
      return `限${condition.channels.map((channel) => channels[channel]).join('、')}`
    case 'payment':
      return `限${condition.methods.map((method) => payments[method]).join('、')}支付`
    case 'month-day':
      return `每月 ${[...condition.days].sort((a, b) => a - b).join('、')} 日`
    case 'hours':
      return `${clock(condition.fromMinute)}–${clock(condition.untilMinute)}`
    case 'dates':
      return `${condition.from} 至 ${condition.until}`
    case 'member-for':
      return `入会满 ${condition.days} 天`
    case 'all':
      return `（${condition.of.map((one) => conditionText(one, names)).join('且')}）`
    case 'any':
      return `（${condition.of.map((one) => conditionText(one, names)).join('或')}）`
    case 'not':
      return `除了${conditionText(condition.of, names)}`
  }
}

const goodsText = ({ categories, brands, skus }: Scope['only']) =>
  [
    categories.length > 0 && `类别 ${categories.join('、')}`,
    brands.length > 0 && `品牌 ${brands.join('、')}`,
    skus.length > 0 && `商品 ${skus.join('、')}`,
  ]
    .filter(Boolean)
    .join('；')

/** Which goods a rule looks at; '' for all. */
function scopeText({ only, except }: Scope): string {
  const within = goodsText(only)
  const without = goodsText(except)
  return [within && `限${within}`, without && `不含${without}`].filter(Boolean).join('，')
}

function periodText({ from, until }: EarningRule): string {
  if (from && until) return `${from} 至 ${until}`
  if (from) return `${from} 起`
  return until ? `至 ${until}` : ''
}

/** A whole rule as one sentence, without its name. */
export function ruleText(rule: EarningRule, names: Names): string {
  const parts = [
    periodText(rule),
    ...rule.conditions.map((condition) => conditionText(condition, names)),
    scopeText(rule.scope),
    giftText(rule.gift),
  ].filter(Boolean)
  return `${parts.join('，')}${rule.group ? `（「${rule.group}」组内只取最高）` : ''}`
}

export function lifeText(life: Life): string {
  switch (life.type) {
    case 'never':
      return '永久有效'
    case 'days':
      return `自获得起 ${life.days} 天`
    case 'months':
      return `自获得起 ${life.months} 个月`
    case 'month-end':
      return life.months === 0 ? '到获得当月的月底' : `到获得后第 ${life.months} 个月的月底`
    case 'year-end':
      return ['到获得当年的年底', '到获得次年的年底'][life.years] ?? `到获得后第 ${life.years} 年的年底`
  }
}

export const windowTexts = {
  'calendar-year': '当年 1 月 1 日起获得的积分',
  rolling: '最近一段时间获得的积分',
  lifetime: '历来获得的全部积分',
} as const

export const benefitClasses = { shopping: '购物', service: '服务', 'value-added': '增值' } as const

export function tierText(tier: Tier): string {
  const benefits = tier.benefits
    .map((benefit) => `${benefitClasses[benefit.class]}「${benefit.name}」${benefit.text}`)
    .join('、')
  const faster = tier.multiplierBp === 10_000 ? '积分不加速' : `积分 ${timesText(tier.multiplierBp)}`
  return `满 ${countText(tier.from)} 分，${faster}${benefits ? `，权益：${benefits}` : ''}`
}
