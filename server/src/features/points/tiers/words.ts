import type { Policy, Tier } from '@pointbook/shared/contract/points/policy'
import { dayText } from '@pointbook/shared/day'
import { measureText } from '@pointbook/shared/policy-words/tiers'
import type { Outlook } from '../../../core/tiers/outlook.ts'

const gathering = { points: '累计获得', spend: '累计消费', purchases: '累计消费' } as const

/** The words before the figure that counts. */
export function countedText({ tiers }: Policy): string {
  const { measure, window, rollingMonths } = tiers
  const since = { 'calendar-year': '今年', rolling: `近 ${rollingMonths} 个月`, lifetime: '' }[window]
  return `${since}${gathering[measure]}`
}

const getting = { points: '再得', spend: '再消费', purchases: '再消费' } as const

/** The condition for keeping a tier, as a sentence. */
export function keepText({ tiers }: Policy, tier: Tier, { keep, safeUntil }: Outlook): string {
  if (!keep || !safeUntil) return ''
  const { measure, window } = tiers
  const amount = (value: number) => measureText(measure, value)
  const more = `${getting[measure]} ${amount(keep.needed)}`
  if (keep.by === safeUntil && keep.falling === 0 && keep.needed > 0)
    return `${dayText(keep.by)}前${more}，即可保住${tier.name}`
  if (window === 'calendar-year') {
    const again = safeUntil > keep.by ? `，在那之前满 ${amount(tier.from)}可继续保留` : ''
    return `明年 1 月 1 日起重新累计，${tier.name}保留到 ${dayText(safeUntil)}${again}`
  }
  const falling = keep.falling > 0 ? `月底将有 ${amount(keep.falling)}移出统计` : ''
  if (keep.needed === 0) return falling && `${falling}，不影响当前等级`
  return `${falling}，${dayText(keep.by)}前${more}，即可保住${tier.name}`
}
