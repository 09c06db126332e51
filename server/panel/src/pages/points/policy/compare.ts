import type { Policy } from '@pointbook/shared/contract/points/policy'
import { merchantNames, type Names } from '@pointbook/shared/policy-words/condition'
import { type Fact, factsOf } from './facts.ts'

/** One difference in words; `before` is null for what is new, `after` for what is gone. */
export interface Change {
  key: string
  area: string
  what: string
  before: string | null
  after: string | null
}

/** The changes for members when `after` replaces `before`. Ids have the names of their own policy. */
export function comparePolicies(before: Policy, after: Policy, storeName: Names['store']): Change[] {
  const old = new Map(factsOf(before, namesIn(before, storeName)).map((fact) => [fact.key, fact]))
  const now = factsOf(after, namesIn(after, storeName))
  const kept = new Set(now.map(({ key }) => key))
  const gone = [...old.values()].filter(({ key }) => !kept.has(key))
  const areas = [...new Set([...old.values(), ...now].map(({ area }) => area))]
  return [
    ...now.filter((fact) => old.get(fact.key)?.text !== fact.text).map((fact) => change(fact, old.get(fact.key), fact)),
    ...gone.map((fact) => change(fact, fact, undefined)),
  ].sort((a, b) => areas.indexOf(a.area) - areas.indexOf(b.area))
}

const change = ({ key, area, what }: Fact, before: Fact | undefined, after: Fact | undefined): Change => ({
  key,
  area,
  what,
  before: before?.text ?? null,
  after: after?.text ?? null,
})

export function namesIn(policy: Policy, storeName: Names['store']): Names {
  const tierName = (id: string) => policy.tiers.levels.find((level) => level.id === id)?.name ?? '（已删除的等级）'
  return merchantNames({ tier: tierName, store: storeName })
}
