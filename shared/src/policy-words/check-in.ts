import type { Policy } from '../contract/points/policy.ts'
import { pointsText } from './rule.ts'

type CheckIn = Policy['checkIn']

export function schemeText(scheme: CheckIn['scheme']): string {
  switch (scheme.type) {
    case 'fixed':
      return `签到得 ${pointsText(scheme.points)}`
    case 'growing':
      return `签到得 ${pointsText(scheme.from)}，连续签到每天多 ${pointsText(scheme.step)}，最多 ${pointsText(scheme.most)}`
    case 'cycle':
      return `每 ${scheme.days.length} 天一轮，依次得 ${scheme.days.join('、')} 分`
  }
}

/** What days in a row give besides; '' for nothing. */
export function extrasText({ extras, cycleDays }: Pick<CheckIn, 'extras' | 'cycleDays'>): string {
  const steps = extras
    .filter((extra) => extra.points > 0)
    .sort((a, b) => a.days - b.days)
    .map((extra) => `连续 ${extra.days} 天再送 ${pointsText(extra.points)}`)
  const again = cycleDays > 0 ? [`每满 ${cycleDays} 天重新开始计`] : []
  return [...steps, ...again].join('，')
}

export function makeUpText(makeUp: CheckIn['makeUp']): string {
  if (!makeUp) return '漏签一天，连续天数从头开始计'
  const { price, daysBack, perMonth } = makeUp
  const cost = price > 0 ? `每次 ${pointsText(price)}` : '不收积分'
  return `漏签一天，连续天数从头开始计；${daysBack} 天以内的可以补签，${cost}，每月最多 ${perMonth} 次`
}
