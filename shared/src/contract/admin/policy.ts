import Type from 'typebox'
import { PurchaseLine } from '../clerk.ts'
import { Day, Id, Instant, Line, Points, RequestId, WhyLine } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable, OneOf } from '../http.ts'
import { Policy, PolicyFault, PolicyVersion } from '../policy.ts'

const PolicySummary = Exact({
  version: PolicyVersion,
  name: Type.String(),
  note: Type.String(),
  publishedAt: Instant,
  publishedBy: Type.String(),
  effectiveAt: Instant,
  state: OneOf('past', 'in-force', 'coming'),
})

export const adminPolicy = {
  'GET /admin/policy': {
    for: 'admin',
    summary: 'The policy in force and the draft',
    reply: Exact({
      version: PolicyVersion,
      /** What the next one must be based on; not `version` while a published one is still to come into force. */
      latest: PolicyVersion,
      inForce: Policy,
      draft: Nullable(Policy),
      draftSavedAt: Nullable(Instant),
      draftSavedBy: Type.String(),
    }),
  },
  'PUT /admin/policy/draft': {
    for: 'admin',
    summary: 'Keep the draft; null throws it away. Faults are told, the draft is kept all the same',
    body: Exact({ draft: Nullable(Policy) }),
    reply: Exact({ faults: Type.Array(PolicyFault) }),
  },
  'POST /admin/policy/preview': {
    for: 'admin',
    summary: 'What a purchase would earn under a policy, without writing',
    body: Exact({
      policy: Policy,
      purchase: Exact({
        lines: Type.Array(PurchaseLine, { minItems: 1, maxItems: 20 }),
        storeId: Maybe(Id),
        tierId: Maybe(Type.String({ maxLength: 40 })),
        on: Maybe(Day),
        firstPurchase: Maybe(Type.Boolean()),
      }),
    }),
    reply: Exact({ points: Points, expiresOn: Nullable(Day), why: Type.Array(WhyLine) }),
  },
  'GET /admin/policies': {
    for: 'admin',
    summary: 'All published versions, newest first',
    reply: Exact({ rows: Type.Array(PolicySummary) }),
  },
  'GET /admin/policies/:version': {
    for: 'admin',
    summary: 'One published version',
    params: Exact({ version: PolicyVersion }),
    reply: Exact({ ...PolicySummary.properties, policy: Policy }),
  },
  'POST /admin/policies': {
    for: 'admin',
    summary:
      'Publish a policy; it never changes afterwards. `basedOn` is the version one started from: another one published meanwhile is refused',
    body: Exact({
      policy: Policy,
      note: Line(200),
      effectiveAt: Maybe(Instant),
      basedOn: PolicyVersion,
      requestId: RequestId,
    }),
    reply: PolicySummary,
  },
} satisfies Endpoints

export type AdminPolicyApi = ApiOf<typeof adminPolicy>
