import { add, put, row } from './changes.ts'
import type { Change } from './move.ts'
import { quotas } from './tables.ts'
import type { View } from './view.ts'

/** A part that counts how much of a limit is used. */
export const quotaPart = (memberId: number, scope: string) => ({
  touches: [row(quotas, memberId, scope)],
  used: (view: View): number => view.get(quotas, memberId, scope)?.used ?? 0,
  /** Counts so much more; less when below zero. */
  count(view: View, more: number): Change {
    const before = view.get(quotas, memberId, scope)
    return before ? put(quotas, { ...before, used: before.used + more }) : add(quotas, { memberId, scope, used: more })
  },
})
