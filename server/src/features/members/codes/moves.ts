import type { Instant } from '@pointbook/shared/day'
import type { ActorRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { add, row } from '../../../book/changes.ts'
import { move } from '../../../book/move.ts'
import { endOfCode, type MemberCode } from '../../../core/members/member-code.ts'
import { memberCodeUses } from './tables.ts'

export interface CodeUse extends MemberCode {
  /** `clerk/ID` of who scans. */
  actor: ActorRef
  requestId: string
}

/** Uses a proved member code up. The same request again gets the same answer, also when the code has ended meanwhile. */
export const useCode = move<CodeUse, { usedAt: Instant }>('members.use-code', {
  member: ({ memberId }) => memberId,
  key: ({ requestId }) => `scan/${requestId}`,
  same: ({ serial, actor }) => [serial, actor],
  touches: ({ memberId, serial }) => [row(memberCodeUses, memberId, serial)],
  decide(view, { memberId, serial, actor }, { now }) {
    if (now >= endOfCode(serial)) throw new Refusal('member-code.expired')
    if (view.get(memberCodeUses, memberId, serial)) throw new Refusal('member-code.used')
    return {
      changes: [add(memberCodeUses, { memberId, serial, usedAt: now, usedBy: actor })],
      outcome: { usedAt: now },
    }
  },
})
