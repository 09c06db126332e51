import type { Caps, EarningRule } from '@pointbook/shared/contract/earning-rule'
import type { Day } from '@pointbook/shared/day'

export type Cap = keyof Caps

/** How much of a cap has been used, by its scope. */
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

/** Of several caps the one that leaves least, and what it leaves. Null without caps. */
export function tightest(scopes: readonly CapScope[], used: Used): { left: number; cap: CapScope } | null {
  let best: { left: number; cap: CapScope } | null = null
  for (const cap of scopes) {
    const left = Math.max(0, cap.most - used(cap.scope))
    if (best === null || left < best.left) best = { left, cap }
  }
  return best
}
