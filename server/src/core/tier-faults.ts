import type { Policy } from '@pointbook/shared/contract/policy'
import { measureText } from '@pointbook/shared/policy-words/tiers'
import { type Fault, fault, firstTwins } from './faults.ts'

type Tiers = Policy['tiers']

const at = (index: number, field: string) => `tiers.levels.${index}.${field}`

export const tierFaults = ({ tiers }: Policy): Fault[] => [
  ...lowestFaults(tiers),
  ...twinFaults(tiers),
  ...stepFaults(tiers),
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
