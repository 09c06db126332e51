import type { Caps, EarningRule } from '@pointbook/shared/contract/points/earning-rule'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import type { Day } from '@pointbook/shared/day'
import type { Explanation } from '../ledger/points.ts'

export type Cap = keyof Caps

/** The points already used of a cap, by its scope. */
export type Used = (scope: string) => number

export interface CapScope {
  cap: Cap
  /** Most points. */
  most: number
  /** Names the counter: a rule's, for a day, a month or ever; the budget's is shared by all members. */
  scope: string
}

/** The caps a rule has on a business day. */
export function capScopes({ id, caps }: EarningRule, on: Day): CapScope[] {
  const scopes: CapScope[] = []
  if (caps.day !== null) scopes.push({ cap: 'day', most: caps.day, scope: `rule/${id}/${on}` })
  if (caps.month !== null) scopes.push({ cap: 'month', most: caps.month, scope: `rule/${id}/${on.slice(0, 7)}` })
  if (caps.member !== null) scopes.push({ cap: 'member', most: caps.member, scope: `rule/${id}` })
  if (caps.budget !== null) scopes.push({ cap: 'budget', most: caps.budget, scope: `budget/${id}` })
  return scopes
}

/** Points that an earning has used of a cap. */
export interface CapUse extends Pick<CapScope, 'cap' | 'scope'> {
  points: number
}

/** The cap use of an entry. `why` has its points by rule; `policy` is the policy under which it was made on that day. */
export const capsUsed = ({ earning }: Policy, why: readonly Explanation[], on: Day): CapUse[] =>
  earning.rules.flatMap((rule) => {
    const points = why.find((part) => part.rule === rule.id)?.points ?? 0
    return points > 0 ? capScopes(rule, on).map(({ cap, scope }) => ({ cap, scope, points })) : []
  })

/** The cap that leaves the fewest points, and how many. Null without caps. */
export function tightest(scopes: readonly CapScope[], used: Used): { left: number; cap: CapScope } | null {
  let best: { left: number; cap: CapScope } | null = null
  for (const cap of scopes) {
    const left = Math.max(0, cap.most - used(cap.scope))
    if (best === null || left < best.left) best = { left, cap }
  }
  return best
}
