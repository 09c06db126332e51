import type { Condition, Fact, RuleGroup } from '@pointbook/shared/contract/points/earning-rule'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { createContext } from 'react'

/** Names in the draft and the members' tags, as suggestions: a rule is edited in a separate form that does not see the draft. */
export interface Known {
  tiers: { value: string; label: string }[]
  groups: RuleGroup[]
  tags: string[]
  categories: string[]
  brands: string[]
  skus: string[]
}

export const Known = createContext<Known>({ tiers: [], groups: [], tags: [], categories: [], brands: [], skus: [] })

export function knownIn({ earning, tiers }: Policy, tagsInUse: readonly string[]): Known {
  const facts = earning.rules.flatMap((rule) => rule.conditions.flatMap(factsIn))
  const goods = earning.rules.flatMap(({ scope }) => [scope.only, scope.except])
  return {
    tiers: tiers.levels.map(({ id, name }) => ({ value: id, label: name })),
    groups: earning.groups,
    tags: distinct([...tagsInUse, ...facts.flatMap((fact) => (fact.type === 'tag' ? fact.tags : []))]),
    categories: distinct(goods.flatMap(({ categories }) => categories)),
    brands: distinct(goods.flatMap(({ brands }) => brands)),
    skus: distinct(goods.flatMap(({ skus }) => skus)),
  }
}

function factsIn(condition: Condition): Fact[] {
  if (condition.type === 'not') return factsIn(condition.of)
  return condition.type === 'all' || condition.type === 'any' ? condition.of.flatMap(factsIn) : [condition]
}

const distinct = (names: string[]) => [...new Set(names)]
