import type { Condition, EarningRule, Fact } from '@pointbook/shared/contract/points/earning-rule'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { isDay } from '@pointbook/shared/day'
import { type DeadEnd, deadEnd, type Literal } from './dead-ends.ts'
import { type Fault, fault } from './faults.ts'

/** Facts that must all be true, and choices of which at least one alternative must be true. */
interface Clause {
  literals: Literal[]
  choices: Choice[]
}

interface Choice {
  path: string
  alternatives: Clause[]
}

/** The faults of a rule's conditions: fields without a valid value, and combinations that can never be true. */
export function conditionFaults(policy: Policy, rule: EarningRule, path: string): Fault[] {
  const clauses = rule.conditions.map((condition, at) => clauseOf(condition, `${path}.conditions.${at}`, false))
  const whole = joined(clauses)
  const unreal = literalsIn(whole).flatMap((literal) => fieldFaults(policy, literal))
  if (unreal.length > 0) return unreal
  const { faults, dead } = explore(rule, path, [], whole)
  return dead ? [fault('error', dead.path, `${dead.reason}，这条规则永远不会生效`)] : faults
}

/** A condition with `not` pushed down to its facts. */
function clauseOf(condition: Condition, path: string, negated: boolean): Clause {
  switch (condition.type) {
    case 'not':
      return clauseOf(condition.of, `${path}.of`, !negated)
    case 'all':
    case 'any': {
      const parts = condition.of.map((one, at) => clauseOf(one, `${path}.of.${at}`, negated))
      const together = (condition.type === 'all') !== negated || parts.length === 1
      return together ? joined(parts) : { literals: [], choices: [{ path, alternatives: parts }] }
    }
    default:
      return { literals: [{ fact: condition, negated, path }], choices: [] }
  }
}

const joined = (parts: Clause[]): Clause => ({
  literals: parts.flatMap(({ literals }) => literals),
  choices: parts.flatMap(({ choices }) => choices),
})

const literalsIn = ({ literals, choices }: Clause): Literal[] => [
  ...literals,
  ...choices.flatMap(({ alternatives }) => alternatives.flatMap(literalsIn)),
]

/** Whether a clause can be true together with the known facts; if so, the alternatives that cannot. */
function explore(
  rule: EarningRule,
  path: string,
  known: Literal[],
  { literals, choices }: Clause,
): { dead: DeadEnd | null; faults: Fault[] } {
  const all = [...known, ...literals]
  const dead = deadEnd(rule, path, all)
  if (dead) return { dead, faults: [] }
  const faults: Fault[] = []
  for (const choice of choices) {
    const explored = choice.alternatives.map((one) => explore(rule, path, all, one))
    if (explored.every((one) => one.dead))
      return { dead: { path: choice.path, reason: '几个选项都不可能成立' }, faults: [] }
    for (const one of explored)
      faults.push(
        ...one.faults,
        ...(one.dead ? [fault('warning', one.dead.path, `${one.dead.reason}，这个选项永远不会成立`)] : []),
      )
  }
  return { dead: null, faults }
}

function fieldFaults({ tiers }: Policy, { fact, path }: Literal): Fault[] {
  if (fact.type === 'tier') {
    const known = tiers.levels.map((level) => level.id)
    const gone = fact.tierIds.some((id) => !known.includes(id))
    return gone ? [fault('error', `${path}.tierIds`, '选了已经删除的会员等级，请重新选择')] : []
  }
  return fact.type === 'dates' ? dateFaults(fact, path) : []
}

function dateFaults({ from, until }: Extract<Fact, { type: 'dates' }>, path: string): Fault[] {
  if (!isDay(from)) return [fault('error', `${path}.from`, '没有这一天，请重新选择日期')]
  if (!isDay(until)) return [fault('error', `${path}.until`, '没有这一天，请重新选择日期')]
  return until < from ? [fault('error', `${path}.until`, '结束日期早于开始日期')] : []
}
