import type { Policy } from '@pointbook/shared/contract/points/policy'
import type { Instant } from '@pointbook/shared/day'
import { type ActorRef, subjectRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { add, row } from '../../../book/changes.ts'
import { move } from '../../../book/move.ts'
import { logged } from '../../../book/tables.ts'
import { policyFaults } from '../../../core/policy-checks/policy-faults.ts'
import { published } from './tables.ts'

export interface Publication {
  policy: Policy
  note: string
  /** The time from which it is in force; now when left out. */
  effectiveAt?: Instant
  /** The latest version, which the merchant started from. */
  basedOn: number
  /** Name of the publisher. */
  by: string
  actor: ActorRef
  requestId: string
  /** Whether a second person must agree. */
  demanded?: boolean
  /** The name of the person who approved it. */
  approvedBy?: string
}

/** Publishes the next version, with a line of the audit log. Of two merchants who started from the same one, the second is refused. */
export const publishPolicy = move<Publication, { version: number }>('policy.publish', {
  member: () => 0,
  key: ({ requestId }) => `publish/${requestId}`,
  same: ({ actor: _, demanded: __, approvedBy: ___, ...wish }) => wish,
  touches: ({ basedOn }) => [row(published, basedOn), row(published, basedOn + 1)],
  decide(view, { policy, note, effectiveAt, basedOn, by, actor, approvedBy }, { now }) {
    if (!view.get(published, basedOn)) throw new Refusal('policy.unknown')
    if (view.get(published, basedOn + 1)) throw new Refusal('policy.outdated')
    if (effectiveAt !== undefined && effectiveAt < now) throw new Refusal('policy.in-the-past')
    const faults = policyFaults(policy)
    if (faults.some(({ level }) => level === 'error')) throw new Refusal('policy.faulty', { faults })
    const version = basedOn + 1
    const next = {
      version,
      name: policy.name,
      note,
      document: policy,
      publishedAt: now,
      publishedBy: approvedBy ? `${by}（${approvedBy}审批）` : by,
      effectiveAt: effectiveAt ?? now,
    }
    const text = `发布积分规则第 ${version} 版：${note}${approvedBy ? `（${approvedBy}审批）` : ''}`
    const detail = { basedOn, effectiveAt: effectiveAt ?? null }
    const line = { actor, action: 'policy.publish', subject: subjectRef('policy', version), text, detail } as const
    return { changes: [add(published, next), logged(now, line)], outcome: { version } }
  },
})
