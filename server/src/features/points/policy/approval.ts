import { instantText } from '@pointbook/shared/day'
import { approvable } from '../../shop/approvals/approvable.ts'
import type { ApprovalKind } from '../../shop/approvals/kind.ts'
import { dropPublishedDraft } from './draft.ts'
import { type Publication, publishPolicy } from './moves.ts'
import { policyInForce } from './store.ts'

/** The publication of a policy, where the shop demands a second person. */
export const policyApproval: ApprovalKind<Publication, { version: number }> = {
  kind: 'policy',
  move: publishPolicy,
  because: ({ demanded = false }) => (demanded ? '发布积分规则要两个人' : null),
  asked: ({ actor, basedOn, note }) => ({
    asker: actor,
    storeId: null,
    memberId: null,
    title: `发布积分规则第 ${basedOn + 1} 版：${note}`,
  }),
  request: ({ policy, note, effectiveAt, basedOn, by, actor, requestId }) => ({
    ...{ policy, note, basedOn, by, actor, requestId },
    ...(effectiveAt !== undefined && { effectiveAt }),
  }),
  approved: (request, { byName }) => ({ ...request, demanded: false, approvedBy: byName }),
  figures: ({ basedOn }) => ({ basedOn }),
  outcome: ({ version }) => ({ text: `已发布为第 ${version} 版` }),
  async facts({ db, clock, offsetMinutes }, { state }, { policy, note, effectiveAt, basedOn }) {
    const inForce = state === 'waiting' ? await policyInForce(db, clock.now()) : null
    return [
      {
        label: '规则',
        value: `${policy.name} 第 ${basedOn + 1} 版`,
        before: inForce && `${inForce.name} 第 ${inForce.version} 版`,
      },
      {
        label: '生效',
        value: effectiveAt ? instantText(effectiveAt, offsetMinutes) : '审批通过后立即生效',
        before: null,
      },
      { label: '说明', value: note, before: null },
    ]
  },
  after: (server, { policy, by }) => dropPublishedDraft(server, policy, by),
}

/** Publishes a policy, or asks for a second person. */
export const publishOrAsk = approvable(policyApproval)
