import { add, put } from './changes.ts'
import type { Change } from './move.ts'
import { quotas } from './tables.ts'
import type { View } from './view.ts'

/** How much of a limit is used. The move must declare the counter. */
export const usedOf = (view: View, memberId: number, scope: string): number =>
  view.get(quotas, memberId, scope)?.used ?? 0

/** Counts so much more of a limit; less when below zero. The move must declare the counter. */
export function count(view: View, memberId: number, scope: string, more: number): Change {
  const before = view.get(quotas, memberId, scope)
  return before ? put(quotas, { ...before, used: before.used + more }) : add(quotas, { memberId, scope, used: more })
}
