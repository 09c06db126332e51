import type { Policy } from '@pointbook/shared/contract/points/policy'
import { type Fault, fault, firstTwins } from './faults.ts'

type CheckIn = Policy['checkIn']

export const checkInFaults = ({ checkIn }: Policy): Fault[] => [
  ...extraFaults(checkIn),
  ...(checkIn.enabled ? [...schemeFaults(checkIn), ...makeUpFaults(checkIn)] : []),
]

function extraFaults({ extras, cycleDays }: CheckIn): Fault[] {
  const twins = firstTwins(extras.map((extra) => extra.days))
  const beyond = extras.flatMap((extra, at) => (cycleDays > 0 && extra.days > cycleDays ? [at] : []))
  const path = (at: number) => `checkIn.extras.${at}.days`
  return [
    ...twins.map((at) => fault('error', path(at), '同一天设了两次奖励，请删除一个')),
    ...beyond.map((at) => fault('error', path(at), `每 ${cycleDays} 天就重新计数，永远到不了这一天`)),
  ]
}

function schemeFaults(checkIn: CheckIn): Fault[] {
  const { scheme } = checkIn
  const field = { fixed: 'points', growing: 'most', cycle: 'days' }[scheme.type]
  if (mostADay(checkIn) === 0) return [fault('warning', `checkIn.scheme.${field}`, '签到开着，但一分也不送')]
  if (scheme.type !== 'growing') return []
  if (scheme.most < scheme.from) {
    const text = `最多 ${scheme.most} 分，比第一天的 ${scheme.from} 分还少`
    return [fault('error', 'checkIn.scheme.most', text)]
  }
  return scheme.step === 0 ? [fault('warning', 'checkIn.scheme.step', '每天多 0 分，等于每天一样多')] : []
}

function makeUpFaults(checkIn: CheckIn): Fault[] {
  const price = checkIn.makeUp?.price ?? 0
  const most = mostADay(checkIn)
  const text = `补签一次要 ${price} 分，签到一天最多才得 ${most} 分，会员会吃亏`
  return price > most ? [fault('warning', 'checkIn.makeUp.price', text)] : []
}

/** The most that one day of checking in can give. */
const mostADay = ({ scheme, extras }: CheckIn): number =>
  Math.max(...dailyOf(scheme)) + Math.max(0, ...extras.map((extra) => extra.points))

function dailyOf(scheme: CheckIn['scheme']): number[] {
  switch (scheme.type) {
    case 'fixed':
      return [scheme.points]
    case 'growing':
      return [scheme.most]
    case 'cycle':
      return scheme.days
  }
}
