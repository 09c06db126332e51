import type { Trigger } from '../contract/points/earning-rule.ts'
import type { Extension, Life, Policy } from '../contract/points/policy.ts'
import { yuanText } from '../money.ts'
import { extensionFields, leastFields, lifeFields } from '../policy-fields/expiry.ts'
import { say } from '../policy-fields/field.ts'
import { sources } from './rule.ts'

/** The validity of points, as the phrase after the word for points. */
export const lifeText = (life: Life): string => say(lifeFields[life.type], life, 'expiry', termText(life))

function termText(life: Life): string {
  switch (life.type) {
    case 'never':
      return '永久有效'
    case 'days':
      return `自获得起 ${life.days} 天内有效`
    case 'months':
      return `自获得起 ${life.months} 个月内有效`
    case 'month-end':
      return life.months === 0 ? '到获得当月的最后一天有效' : `到获得后第 ${life.months} 个月的最后一天有效`
    case 'year-end':
      return yearEndText(life)
  }
}

function yearEndText({ years, graceMonths }: Extract<Life, { type: 'year-end' }>): string {
  const year = ['获得当年', '获得次年'][years] ?? `获得后第 ${years} 年`
  if (graceMonths === 0) return `到${year}的 12 月 31 日有效`
  return `到${year}的 12 月 31 日有效，之后再宽限 ${graceMonths} 个月，到 ${graceMonths} 月的最后一天`
}

const listed = (triggers: readonly Trigger[], joint: string): string => triggers.map((one) => sources[one]).join(joint)

/** Lives that points from some sources have instead. */
export const otherLives = ({ bySource }: Pick<Policy['expiry'], 'bySource'>): string[] =>
  bySource.map(({ sources: from, life }) => `${listed(from, '、')}的积分${lifeText(life)}`)

export const extensionText = (extension: Extension): string =>
  say({ ...extensionFields[extension.type], ...leastFields }, extension, 'extension', longerText(extension))

function longerText(extension: Extension): string {
  const least = extension.leastFen ? `（消费要满 ${yuanText(extension.leastFen)}）` : ''
  if (extension.type === 'renewal')
    return `每次${listed(extension.by, '或')}${least}，还有效的积分都延长到这一天之后 ${extension.months} 个月`
  const { by, withinMonths, addMonths } = extension
  return `到期前 ${withinMonths} 个月内有${listed(by, '或')}${least}，有效期延长 ${addMonths} 个月`
}
