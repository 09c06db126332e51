import type { Trigger } from '@pointbook/shared/contract/points/earning-rule'
import type { Life, Policy } from '@pointbook/shared/contract/points/policy'
import { addDays, addMonths, type Day, endOfMonth } from '@pointbook/shared/day'
import { sources as sourceNames } from '@pointbook/shared/policy-words/rule'
import { lastUsableDay } from '../ledger/expiry.ts'
import { type Fault, fault } from './faults.ts'

/** The faults of the validity of points: first usable day, last usable day, and extensions. */
export const lifeFaults = (policy: Policy): Fault[] => [
  ...pendingFaults(policy),
  ...shortLives(policy.expiry.life, 'expiry.life'),
  ...sourceFaults(policy),
  ...extensionFaults(policy),
]

/** Points earned on the last day of a month are valid for the shortest time, and 2027 is not a leap year. */
export const monthEnds: Day[] = Array.from({ length: 12 }, (_, month) => endOfMonth('2027-01-01', month))

function pendingFaults(policy: Policy): Fault[] {
  const { days } = policy.pending
  const stillborn = monthEnds.find((on) => {
    const last = lastUsableDay(policy, on, 'purchase')
    return last !== null && last < addDays(on, days)
  })
  if (!stillborn) return []
  const [, month, day] = stillborn.split('-').map(Number)
  const text = `消费积分要 ${days} 天后才能用，而 ${month} 月 ${day} 日得到的积分那时已经过期`
  return [fault('error', 'pending.days', text)]
}

function shortLives(life: Life, path: string): Fault[] {
  if (life.type === 'month-end' && life.months === 0)
    return [fault('warning', `${path}.months`, '月底最后一天得到的积分当天就会过期')]
  if (life.type === 'year-end' && life.years === 0 && life.graceMonths === 0)
    return [fault('warning', `${path}.years`, '12 月 31 日得到的积分当天就会过期')]
  return []
}

function sourceFaults({ expiry: { life, bySource } }: Policy): Fault[] {
  return bySource.flatMap((other, at) => {
    const path = `expiry.bySource.${at}`
    const named = bySource.slice(0, at).flatMap(({ sources }) => sources)
    const twice = other.sources.filter((source, place) => [...named, ...other.sources.slice(0, place)].includes(source))
    return [
      ...twice.map((source) =>
        fault('error', `${path}.sources`, `「${sourceNames[source]}」前面已经设过有效期，请只留一处`),
      ),
      ...(JSON.stringify(other.life) === JSON.stringify(life)
        ? [fault('warning', `${path}.life`, '和一般的有效期相同，可以删除')]
        : []),
      ...shortLives(other.life, `${path}.life`),
    ]
  })
}

function extensionFaults(policy: Policy): Fault[] {
  const { life, bySource, extension } = policy.expiry
  if (!extension) return []
  if ([life, ...bySource.map((one) => one.life)].every(({ type }) => type === 'never'))
    return [fault('warning', 'expiry.extension', '积分永久有效，延长不起作用')]
  const ends = ([null, 'purchase'] as (Trigger | null)[]).flatMap((source) =>
    monthEnds.map((on) => ({ on, last: lastUsableDay(policy, on, source) })),
  )
  // Whether points are never valid for longer than this many months.
  const within = (months: number) => ends.every(({ on, last }) => last !== null && last < addMonths(on, months))
  if (extension.type === 'renewal') {
    const longer = ends.every(({ on, last }) => last !== null && last > addMonths(on, extension.months))
    return longer ? [fault('warning', 'expiry.extension.months', '比积分本来的有效期还短，多数时候不起作用')] : []
  }
  const { withinMonths, addMonths: added } = extension
  return [
    ...(within(withinMonths)
      ? [fault('warning', 'expiry.extension.withinMonths', '积分活不到这么久，任何一次活动都会延长')]
      : []),
    ...(added < withinMonths
      ? [fault('warning', 'expiry.extension.addMonths', `延长后还在到期前 ${withinMonths} 个月内，马上可以再延长一次`)]
      : []),
  ]
}
