import type { EarningRule } from '@pointbook/shared/contract/points/earning-rule'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { coversAll } from '../earning/scope.ts'
import { type Fault, fault, firstTwins } from './faults.ts'

/** Groups without rules, rules without their group, and rules that an earlier one always shuts out. */
export function groupFaults({ earning: { groups, rules } }: Policy): Fault[] {
  const used = new Set(rules.map((rule) => rule.group))
  const known = new Set(['', ...groups.map(({ id }) => id)])
  const at = (index: number, field: string) => `earning.groups.${index}.${field}`
  return [
    ...firstTwins(groups.map(({ id }) => id)).map((index) =>
      fault('error', at(index, 'id'), '这个规则组和前面一个的编号相同，请删除后重新添加'),
    ),
    ...firstTwins(groups.map(({ name }) => name)).map((index) =>
      fault('warning', at(index, 'name'), '有两个规则组名称相同，容易选错'),
    ),
    ...groups.flatMap(({ id }, index) =>
      used.has(id) ? [] : [fault('warning', at(index, 'name'), '没有规则属于这个组，可以删除')],
    ),
    ...rules.flatMap(({ group }, index) =>
      known.has(group) ? [] : [fault('error', `earning.rules.${index}.group`, '选了已经删除的规则组，请重新选择')],
    ),
    ...groups.filter(({ mode }) => mode === 'exclusive').flatMap(({ id }) => shutOut(rules, id)),
  ]
}

function shutOut(rules: EarningRule[], group: string): Fault[] {
  return rules.flatMap((rule, index) => {
    if (rule.group !== group || !rule.enabled) return []
    const winner = rules.slice(0, index).find((earlier) => earlier.group === group && appliesWhenever(earlier, rule))
    if (!winner) return []
    const text = `排在前面的「${winner.name}」总是先适用，这条规则永远不会生效，请调整顺序`
    return [fault('error', `earning.rules.${index}.group`, text)]
  })
}

/** Whether a rule applies to everything that another rule could apply to, judged without their conditions. */
function appliesWhenever(rule: EarningRule, other: EarningRule): boolean {
  const always = rule.enabled && rule.conditions.length === 0 && coversAll(rule.scope)
  const anyAmount = rule.gift.type !== 'bands' || rule.gift.bands.some(({ fromFen }) => fromFen === 0)
  const sameEvents = rule.trigger === other.trigger && (rule.event === '' || rule.event === other.event)
  const begins = rule.from === null || (other.from !== null && rule.from <= other.from)
  const ends = rule.until === null || (other.until !== null && rule.until >= other.until)
  return always && anyAmount && sameEvents && begins && ends
}
