import type { EarningRule, Trigger } from '@pointbook/shared/contract/points/earning-rule'
import type { Policy, Tier } from '@pointbook/shared/contract/points/policy'
import { type Day, dayText } from '@pointbook/shared/day'
import { sources as sourceNames } from '@pointbook/shared/policy-words/rule'
import { measureText } from '@pointbook/shared/policy-words/tiers'
import { timesText } from '@pointbook/shared/quantities'
import { lastUsableDay } from '../ledger/expiry.ts'
import { type Fault, fault } from './faults.ts'
import { monthEnds } from './life-faults.ts'

/** Promises of the previous policy that this one breaks. They are warnings: the merchant decides and announces them. */
export const promiseFaults = (before: Policy, after: Policy, today: Day): Fault[] => [
  ...endedEarly(before, after, today),
  ...shorterLives(before, after),
  ...offsetLost(before, after),
  ...tierLosses(before, after),
]

const warning = (path: string, text: string): Fault => fault('warning', path, text)

/** Rules with a last day that members have read, which end before it. */
function endedEarly(before: Policy, after: Policy, today: Day): Fault[] {
  const rules = after.earning.rules
  return before.earning.rules
    .filter(({ enabled, until }) => enabled && until !== null && until >= today)
    .flatMap((rule) => {
      const at = rules.findIndex(({ id }) => id === rule.id)
      const field = early(rule, rules[at])
      const path = at < 0 ? 'earning.rules' : `earning.rules.${at}.${field}`
      const text = `「${rule.name}」原定到 ${dayText(rule.until!)}，提前结束请先告知会员`
      return field ? [warning(path, text)] : []
    })
}

function early(before: EarningRule, after: EarningRule | undefined): 'until' | 'enabled' | null {
  if (!after?.enabled) return 'enabled'
  return after.until !== null && after.until < before.until! ? 'until' : null
}

/** Sources whose points will be valid for a shorter time. Points already earned keep their dates. */
function shorterLives(before: Policy, after: Policy): Fault[] {
  const named = [...before.expiry.bySource, ...after.expiry.bySource].flatMap(({ sources }) => sources)
  const general = shorter(before, after, null, 'expiry.life', '积分')
  const others = [...new Set(named)].map((source) =>
    shorter(before, after, source, 'expiry.bySource', `「${sourceNames[source]}」的积分`),
  )
  const extension =
    before.expiry.extension && !after.expiry.extension
      ? [warning('expiry.extension', '取消延长后，会员再有活动也不会延长有效期，请先告知会员')]
      : []
  return [...general, ...others.flat(), ...extension]
}

function shorter(before: Policy, after: Policy, source: Trigger | null, path: string, points: string): Fault[] {
  for (const on of monthEnds) {
    const [was, is] = [lastUsableDay(before, on, source), lastUsableDay(after, on, source)]
    if (is === null || (was !== null && is >= was)) continue
    const example = `${dayText(on)}得到的，原来${was ? `到 ${dayText(was)}` : '永久有效'}，改后到 ${dayText(is)}`
    return [warning(path, `${points}的有效期变短：${example}。已经得到的积分日期不变，请先告知会员`)]
  }
  return []
}

function offsetLost({ offset: before }: Policy, { offset: after }: Policy): Fault[] {
  if (!before) return []
  if (!after) return [warning('offset', '取消积分抵现，会员手里的积分会少一种用法，请先告知会员')]
  const dearer = `原来 ${before.pointsPerYuan} 分抵 1 元，改后要 ${after.pointsPerYuan} 分，会员手里的积分会贬值`
  return after.pointsPerYuan > before.pointsPerYuan ? [warning('offset.pointsPerYuan', dearer)] : []
}

function tierLosses({ tiers: before }: Policy, { tiers: after }: Policy): Fault[] {
  if (before.levels.length > 0 && before.measure !== after.measure)
    return [warning('tiers.measure', '升级的依据变了，原来的门槛不再可比，会员的等级可能改变')]
  return before.levels.flatMap((old) => {
    const at = after.levels.findIndex(({ id }) => id === old.id)
    const level = after.levels[at]
    if (!level) return [warning('tiers.levels', `「${old.name}」没有了，现在的${old.name}会按新的等级计算`)]
    return levelLosses(old, level, `tiers.levels.${at}`, (value) => measureText(after.measure, value))
  })
}

function levelLosses(old: Tier, level: Tier, path: string, quantity: (value: number) => string): Fault[] {
  const lost = old.benefits.filter((benefit) => !level.benefits.some(({ name }) => name === benefit.name))
  const higher = `「${level.name}」的门槛从 ${quantity(old.from)}提高到 ${quantity(level.from)}，有的会员会达不到`
  const slower = `「${level.name}」的加速从 ${timesText(old.multiplierBp)} 降到 ${timesText(level.multiplierBp)}`
  const fewer = `「${level.name}」不再有${lost.map(({ name }) => `「${name}」`).join('')}，请先告知会员`
  return [
    ...(level.from > old.from ? [warning(`${path}.from`, higher)] : []),
    ...(level.multiplierBp < old.multiplierBp ? [warning(`${path}.multiplierBp`, slower)] : []),
    ...(lost.length > 0 ? [warning(`${path}.benefits`, fewer)] : []),
  ]
}
