import type { EarningRule } from '@pointbook/shared/contract/points/earning-rule'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { measureText } from '@pointbook/shared/policy-words/tiers'
import { timesText } from '@pointbook/shared/quantities'
import { coversAll } from '../earning/scope.ts'
import { type Fault, fault, firstTwins } from './faults.ts'

type Tiers = Policy['tiers']

const at = (index: number, field: string) => `tiers.levels.${index}.${field}`

export const tierFaults = ({ tiers, earning }: Policy): Fault[] => [
  ...lowestFaults(tiers),
  ...twinFaults(tiers),
  ...stepFaults(tiers),
  ...beatenFaults(tiers, earning),
  ...(tiers.downgrade === 'never' && tiers.graceDays > 0
    ? [fault('warning', 'tiers.graceDays', '等级不会下降，保留的天数不起作用')]
    : []),
]

function lowestFaults({ levels, measure }: Tiers): Fault[] {
  const lowest = levels[0]?.from ?? 0
  return lowest > 0 ? [fault('warning', at(0, 'from'), `不到 ${measureText(measure, lowest)}的会员没有等级`)] : []
}

const twinFaults = ({ levels }: Tiers): Fault[] => [
  ...firstTwins(levels.map((level) => level.id)).map((index) =>
    fault('error', at(index, 'id'), '这个等级和前面一个的编号相同，请删除后重新添加'),
  ),
  ...firstTwins(levels.map((level) => level.name)).map((index) =>
    fault('warning', at(index, 'name'), '有两个等级名称相同，会员会分不清'),
  ),
  ...levels.flatMap(({ benefits }, index) =>
    firstTwins(benefits.map((benefit) => benefit.name)).map((twin) =>
      fault('warning', at(index, `benefits.${twin}.name`), '同一个等级里有两个权益名称相同'),
    ),
  ),
]

/** Where only the best multiplier counts, a tier adds nothing when a rule multiplies by as much. */
function beatenFaults({ levels }: Tiers, { multipliers, rules }: Policy['earning']): Fault[] {
  if (multipliers !== 'best') return []
  const rivals = rules
    .filter(({ enabled, trigger }) => enabled && trigger === 'purchase')
    .flatMap((rule) => ({ rule, mostBp: mostOf(rule.gift), leastBp: alwaysOf(rule) }))
  return levels.flatMap(({ name, multiplierBp }, index) => {
    const rival = rivals.find(({ mostBp, leastBp }) => mostBp === multiplierBp || leastBp >= multiplierBp)
    if (multiplierBp === 10_000 || !rival) return []
    const text = `只按最高的一项加倍：「${rival.rule.name}」已有${timesText(Math.max(rival.mostBp, rival.leastBp))}，「${name}」的${timesText(multiplierBp)}在那里多得不到积分`
    return [fault('warning', at(index, 'multiplierBp'), text)]
  })
}

/** The most that a rule multiplies by where it applies. */
function mostOf(gift: EarningRule['gift']): number {
  if (gift.type === 'multiply') return gift.multiplierBp
  return gift.type === 'bands' ? Math.max(...gift.bands.map((band) => band.multiplierBp)) : 0
}

/** The multiplier of a rule that applies to every purchase; 0 for a rule with conditions. */
function alwaysOf({ gift, conditions, scope, from, until }: EarningRule): number {
  if (conditions.length > 0 || !coversAll(scope) || from !== null || until !== null) return 0
  if (gift.type === 'multiply') return gift.multiplierBp
  return gift.type === 'bands' ? (gift.bands.find(({ fromFen }) => fromFen === 0)?.multiplierBp ?? 0) : 0
}

function stepFaults({ levels, measure }: Tiers): Fault[] {
  const steps = levels.slice(1).map((level, index) => ({ level, index: index + 1, before: levels[index]! }))
  return [
    ...steps
      .filter(({ level, before }) => level.from <= before.from)
      .map(({ index, before }) =>
        fault('error', at(index, 'from'), `要比「${before.name}」的 ${measureText(measure, before.from)}更高`),
      ),
    ...steps
      .filter(({ level, before }) => level.multiplierBp < before.multiplierBp)
      .map(({ index, before }) =>
        fault('warning', at(index, 'multiplierBp'), `等级更高，加速却比「${before.name}」少`),
      ),
  ]
}
