import type { Policy } from '../contract/points/policy.ts'
import { checkInFields, makeUpFields, schemeFields } from '../policy-fields/check-in.ts'
import { say } from '../policy-fields/field.ts'
import { pointsText } from '../quantities.ts'

type CheckIn = Policy['checkIn']

export const schemeText = (scheme: CheckIn['scheme']): string =>
  say(schemeFields[scheme.type], scheme, 'check-in', dailyText(scheme))

function dailyText(scheme: CheckIn['scheme']): string {
  switch (scheme.type) {
    case 'fixed':
      return `签到得 ${pointsText(scheme.points)}`
    case 'growing':
      return `签到得 ${pointsText(scheme.from)}，连续签到每天多 ${pointsText(scheme.step)}，最多 ${pointsText(scheme.most)}`
    case 'cycle':
      return `每 ${scheme.days.length} 天一轮，依次得 ${scheme.days.join('、')} 分`
  }
}

/** The streak bonuses; '' for none. */
export function extrasText(checkIn: Pick<CheckIn, 'extras' | 'cycleDays'>): string {
  const steps = checkIn.extras
    .filter((extra) => extra.points > 0)
    .sort((a, b) => a.days - b.days)
    .map((extra) => `连续 ${extra.days} 天再送 ${pointsText(extra.points)}`)
  return say(checkInFields, checkIn, 'check-in', steps.join('，'))
}

export function makeUpText(makeUp: CheckIn['makeUp']): string {
  if (!makeUp) return '漏签一天，连续天数从头开始计'
  const { price, daysBack, perMonth } = makeUp
  const cost = price > 0 ? `每次 ${pointsText(price)}` : '不收积分'
  const terms = `${daysBack} 天以内的可以补签，${cost}，每月最多 ${perMonth} 次`
  return say(makeUpFields, makeUp, 'make-up', `漏签一天，连续天数从头开始计；${terms}`)
}
