import Type from 'typebox'
import {
  AmountFen,
  Count,
  Cursor,
  Id,
  Instant,
  Limit,
  Points,
  PointsDelta,
  RequestId,
  Revision,
  Text,
} from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable, OneOf, Page } from '../http.ts'
import { Policy, PolicyVersion } from '../points/policy.ts'

/** The reply of an operation that was not carried out, because it waits for a second person. `because` says why. */
export const Waiting = Exact({ waiting: Exact({ approvalId: Id, because: Type.String() }) })

/** The greatest amount without a second person; null for no limit. */
const MostPoints = Nullable(Points)

const rules = {
  /** Of one adjustment: by role of the panel, one for all roles of the shop's own, and one for store managers at the till. */
  adjustPoints: Exact({ owner: MostPoints, manager: MostPoints, ownRole: MostPoints, storeManager: MostPoints }),
  /** Whether a second person must agree to publishing a policy. */
  policy: Type.Boolean(),
  /** Of one purchase that a clerk records. */
  purchaseFen: Nullable(AmountFen),
}

/** The figures of the effect that a decider confirms; each kind has its own among these. */
const Figures = Exact({
  points: Maybe(PointsDelta),
  balance: Maybe(Points),
  amountFen: Maybe(AmountFen),
  basedOn: Maybe(PolicyVersion),
})

const Kind = OneOf('adjustment', 'policy', 'purchase')

const State = OneOf('waiting', 'approved', 'refused', 'withdrawn', 'ended')

const Approval = Exact({
  approvalId: Id,
  kind: Kind,
  state: State,
  /** What would be done, in one line. */
  title: Type.String(),
  /** Why it needs a second person. */
  because: Type.String(),
  askedBy: Type.String(),
  askedAt: Instant,
  /** '' for what belongs to no store. */
  storeName: Type.String(),
  member: Nullable(Exact({ memberId: Id, memberNo: Type.String(), nickname: Type.String() })),
  /** '' while it waits. */
  decidedBy: Type.String(),
  decidedAt: Nullable(Instant),
  /** What the decider wrote. */
  reason: Type.String(),
  /** What came of it, in a sentence; '' while it waits. */
  outcome: Type.String(),
  /** Whether the caller asked, and so may withdraw it. */
  own: Type.Boolean(),
  /** Why the caller may not decide, in a sentence; '' when they may. */
  bar: Type.String(),
})

const ApprovalDetail = Exact({
  ...Approval.properties,
  /** What would happen now, by label; `before` where a value changes. */
  facts: Type.Array(Exact({ label: Type.String(), value: Type.String(), before: Nullable(Type.String()) })),
  /** To be confirmed by an approval; null when nothing can be approved. */
  figures: Nullable(Figures),
  /** Why it would end unfulfilled if it were approved now; '' otherwise. */
  obstacle: Type.String(),
  /** The policy to be published. */
  policy: Maybe(Policy),
})

const one = Exact({ approvalId: Id })

const decision = Exact({
  decision: OneOf('approve', 'refuse'),
  /** Compulsory for a refusal; the asker reads it. */
  reason: Text(100),
  /** As the detail showed them; compulsory for an approval, which is refused when one has changed meanwhile. */
  figures: Maybe(Figures),
  requestId: RequestId,
})

/** `ended`: it was approved, but could not be carried out any more; `outcome` says why. */
const Decided = Exact({ state: State, outcome: Type.String() })

const ofWaiting = ['approval.unknown', 'approval.decided', 'approval.ended'] as const
const ofDecision = [...ofWaiting, 'approval.own', 'approval.changed', 'approval.reason-missing'] as const

export const approvals = {
  'GET /admin/approval-rules': {
    for: 'admin',
    permission: 'settings.read',
    summary: 'What needs a second person, and how many accounts could be that person',
    reply: Exact({
      ...rules,
      /** Active accounts that may decide on each kind. */
      deciders: Exact({ adjustment: Count, policy: Count, purchase: Count }),
      revision: Revision,
    }),
  },
  'PUT /admin/approval-rules': {
    for: 'admin',
    permission: 'settings.edit',
    summary: 'Change what needs a second person; refused where nobody else could decide',
    body: Exact({ ...rules, revision: Revision }),
    refusals: ['edit.outdated', 'approval.nobody'],
    reply: Exact({ revision: Revision }),
  },
  'GET /admin/approval-needs': {
    for: 'admin',
    permission: 'panel.use',
    confined: true,
    summary: 'What the caller may do alone, for the forms that say it beforehand',
    reply: Exact({ adjustPoints: MostPoints, policy: Type.Boolean() }),
  },
  'GET /admin/approvals': {
    for: 'admin',
    permission: 'panel.use',
    confined: true,
    summary: 'What the caller asked for or may see decided: what waits, or what is done, newest first',
    query: Exact({ state: Maybe(OneOf('waiting', 'done')), cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Page(Approval),
  },
  'GET /admin/approvals-count': {
    for: 'admin',
    permission: 'panel.use',
    confined: true,
    polled: true,
    summary: 'How many wait for the caller’s decision, and how many the caller ever asked for',
    reply: Exact({ toDecide: Count, own: Count }),
  },
  'GET /admin/approvals/:approvalId': {
    for: 'admin',
    permission: 'panel.use',
    confined: true,
    summary: 'One approval with what would happen now',
    params: one,
    refusals: ['approval.unknown'],
    reply: ApprovalDetail,
  },
  'POST /admin/approvals/:approvalId/decision': {
    for: 'admin',
    permission: 'approvals.decide',
    confined: true,
    summary: 'Approve, which carries it out, or refuse. It needs the permission of what it carries out too',
    params: one,
    body: decision,
    refusals: ofDecision,
    reply: Decided,
  },
  'POST /admin/approvals/:approvalId/withdrawal': {
    for: 'admin',
    permission: 'panel.use',
    confined: true,
    summary: 'The asker takes it back',
    params: one,
    body: Exact({ requestId: RequestId }),
    refusals: [...ofWaiting, 'approval.not-own'],
    reply: Decided,
  },
  'GET /clerk/approvals': {
    for: 'clerk',
    summary:
      'Own purchases that wait or were decided within a week; for a store manager also what waits in their stores',
    reply: Exact({ own: Type.Array(Approval), toDecide: Type.Array(Approval) }),
  },
  'GET /clerk/approvals/:approvalId': {
    for: 'clerk',
    summary: 'One of these, with what would happen now',
    params: one,
    refusals: ['approval.unknown'],
    reply: ApprovalDetail,
  },
  'POST /clerk/approvals/:approvalId/decision': {
    for: 'clerk',
    summary: 'A store manager decides on a purchase of their stores that is neither recorded by them nor theirs',
    params: one,
    body: decision,
    refusals: ofDecision,
    reply: Decided,
  },
  'POST /clerk/approvals/:approvalId/withdrawal': {
    for: 'clerk',
    summary: 'The clerk takes it back',
    params: one,
    body: Exact({ requestId: RequestId }),
    refusals: [...ofWaiting, 'approval.not-own'],
    reply: Decided,
  },
} satisfies Endpoints

export type ApprovalsApi = ApiOf<typeof approvals>
