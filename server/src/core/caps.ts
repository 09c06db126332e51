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
export function capScopes(rule: EarningRule, on: Day): CapScope[] {
  if (!hasCaps(rule)) return []
  const { id, caps } = rule
  const scopes: [Cap, string][] = [
    ['day', `rule/${id}/${on}`],
    ['month', `rule/${id}/${on.slice(0, 7)}`],
    ['member', `rule/${id}`],
    ['budget', `budget/${id}`],
  ]
  return scopes.flatMap(([cap, scope]) => {
    const most = caps[cap]
    return most === null ? [] : { cap, most, scope }
  })
}

const hasCaps = ({ caps }: EarningRule): boolean =>
  caps.day !== null || caps.month !== null || caps.member !== null || caps.budget !== null

/** Of several caps the one that leaves least, and what it leaves. Null without caps. */
export function tightest(scopes: readonly CapScope[], used: Used): { left: number; cap: CapScope } | null {
  let best: { left: number; cap: CapScope } | null = null
  for (const cap of scopes) {
    const left = Math.max(0, cap.most - used(cap.scope))
    if (best === null || left < best.left) best = { left, cap }
  }
  return best
}
