import Type from 'typebox'
import { PurchaseLine } from '../earning/purchases.ts'
import {
  AmountFen,
  Count,
  Day,
  ExplanationLine,
  Id,
  Instant,
  Line,
  Name,
  Points,
  RequestId,
  Revision,
  Slug,
} from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable, OneOf } from '../http.ts'
import { Waiting } from '../shop/approvals.ts'
import { Channel, EventCode, Minute, PaymentMethod, Trigger } from './earning-rule.ts'
import { Policy, PolicyFault, PolicyVersion } from './policy.ts'

const PolicySummary = Exact({
  version: PolicyVersion,
  name: Type.String(),
  note: Type.String(),
  publishedAt: Instant,
  publishedBy: Type.String(),
  effectiveAt: Instant,
  state: OneOf('past', 'in-force', 'coming'),
})

/** A hypothetical event. Fields left out have their defaults: today, now, a member without a profile. */
const TrialEvent = Exact({
  trigger: Trigger,
  code: Maybe(EventCode),
  lines: Type.Array(PurchaseLine, { minItems: 1, maxItems: 20 }),
  /** The parts of the amount paid by coupon, with points and from stored value. */
  couponFen: Maybe(AmountFen),
  pointsFen: Maybe(AmountFen),
  storedValueFen: Maybe(AmountFen),
  storeId: Maybe(Id),
  channel: Maybe(Channel),
  payment: Maybe(PaymentMethod),
  on: Maybe(Day),
  minute: Maybe(Minute),
  /** The member's purchases before this one. */
  purchases: Maybe(Count),
  tierId: Maybe(Type.String({ maxLength: 40 })),
  tags: Maybe(Type.Array(Name(20), { maxItems: 50 })),
  birthday: Maybe(Day),
  joinedOn: Maybe(Day),
  /** Days in a row that a check-in reaches. */
  streakDays: Maybe(Type.Integer({ minimum: 1, maximum: 366 })),
})

const Outcome = { points: Points, expiresOn: Nullable(Day), why: Type.Array(ExplanationLine) }

/** A policy to start from, and what typical events earn under it. */
const Preset = Exact({
  key: Slug,
  name: Type.String(),
  /** For whom it is, in a sentence. */
  audience: Type.String(),
  policy: Policy,
  examples: Type.Array(Exact({ title: Type.String(), event: TrialEvent, ...Outcome })),
})

export const policyOperations = {
  'GET /rules': {
    for: 'public',
    summary: 'The rules in force, in words a member understands',
    reply: Exact({
      policyVersion: Type.Integer(),
      since: Instant,
      /** The offers of the policy in force: ways to earn, and the reminder before points expire. */
      offers: Type.Array(OneOf('purchase', 'check-in', 'streak', 'referral', 'reminder')),
      sections: Type.Array(
        Exact({
          key: Type.String(),
          title: Type.String(),
          lines: Type.Array(Exact({ label: Type.String(), text: Type.String() })),
        }),
      ),
    }),
  },
  'GET /admin/policy': {
    for: 'admin',
    permission: 'policy.read',
    summary: 'The policy in force and the draft',
    reply: Exact({
      version: PolicyVersion,
      /** The version on which the next one must be based; not `version` while a published one is not in force yet. */
      latest: PolicyVersion,
      inForce: Policy,
      draft: Nullable(Policy),
      draftRevision: Revision,
      draftFaults: Type.Array(PolicyFault),
      draftSavedAt: Nullable(Instant),
      draftSavedBy: Type.String(),
    }),
  },
  'PUT /admin/policy/draft': {
    for: 'admin',
    permission: 'policy.edit',
    large: true,
    summary: 'Keep the draft; null throws it away. Faults are told, the draft is kept all the same',
    body: Exact({ draft: Nullable(Policy), revision: Revision }),
    refusals: ['edit.outdated'],
    reply: Exact({ revision: Revision, faults: Type.Array(PolicyFault) }),
  },
  'POST /admin/policy/preview': {
    for: 'admin',
    permission: 'policy.edit',
    large: true,
    summary: 'What a purchase or something else would earn under a policy, without writing',
    body: Exact({ policy: Policy, event: TrialEvent }),
    refusals: ['points.too-many'],
    reply: Exact(Outcome),
  },
  'GET /admin/policy/unnamed': {
    for: 'admin',
    permission: 'policy.edit',
    summary:
      'Categories, brands and item numbers on the newest receipts that no rule in force names, where rules name others; the most frequent first',
    reply: Exact({
      /** The number of receipts that were examined. */
      receipts: Count,
      rows: Type.Array(Exact({ kind: OneOf('categories', 'brands', 'skus'), name: Type.String(), lines: Count }), {
        maxItems: 100,
      }),
    }),
  },
  'GET /admin/policy/presets': {
    for: 'admin',
    permission: 'policy.edit',
    summary: 'Policies for shops of many kinds to start from, with what typical purchases earn under them',
    reply: Exact({ rows: Type.Array(Preset) }),
  },
  'GET /admin/policies': {
    for: 'admin',
    permission: 'policy.read',
    summary: 'All published versions, newest first',
    reply: Exact({ rows: Type.Array(PolicySummary) }),
  },
  'GET /admin/policies/:version': {
    for: 'admin',
    permission: 'policy.read',
    summary: 'One published version, and what publishing it again today would do that members were promised otherwise',
    params: Exact({ version: PolicyVersion }),
    refusals: ['policy.unknown'],
    reply: Exact({ ...PolicySummary.properties, policy: Policy, warnings: Type.Array(PolicyFault) }),
  },
  'POST /admin/policies': {
    for: 'admin',
    permission: 'policy.publish',
    large: true,
    summary:
      'Publish a policy; it never changes afterwards. `basedOn` is the version one started from: another one published meanwhile is refused. Doubts are told, the policy is published all the same',
    body: Exact({
      policy: Policy,
      note: Line(200),
      effectiveAt: Maybe(Instant),
      basedOn: PolicyVersion,
      requestId: RequestId,
    }),
    refusals: ['policy.unknown', 'policy.outdated', 'policy.in-the-past', 'policy.faulty'],
    reply: Type.Union([Exact({ ...PolicySummary.properties, warnings: Type.Array(PolicyFault) }), Waiting]),
  },
} satisfies Endpoints

export type PolicyOperationsApi = ApiOf<typeof policyOperations>
