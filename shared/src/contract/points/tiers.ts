import Type from 'typebox'
import { ofNamedMember } from '../common-refusals.ts'
import { Count, Day, Id, Reason, RequestId, Slug } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Nullable, OneOf } from '../http.ts'
import { Benefit } from './policy.ts'

/** Points, fen or purchases, as the policy counts. */
const Measure = OneOf('points', 'spend', 'purchases')

/** The tier in force. */
export const OwnTier = Exact({
  id: Type.String(),
  name: Type.String(),
  since: Nullable(Day),
  /** Last day of a tier granted or paid for; null for one that was reached. */
  until: Nullable(Day),
  benefits: Type.Array(Benefit),
})

const TierView = Exact({
  id: Type.String(),
  name: Type.String(),
  /** The figure that reaches this tier, in the unit of the measure. */
  from: Count,
  multiplierBp: Type.Integer(),
  benefits: Type.Array(Benefit),
})

const TierHeld = Exact({
  name: Type.String(),
  since: Nullable(Day),
  /** The last day on which the tier is safe without further purchases; null: no end. */
  safeUntil: Nullable(Day),
  /** The condition for keeping it, as a sentence; '' when the member cannot lose it. */
  text: Type.String(),
  granted: Nullable(Exact({ name: Type.String(), on: Day, until: Day, by: Type.String(), reason: Type.String() })),
})

export const tiers = {
  'GET /me/tier': {
    for: 'member',
    summary: 'The tiers, where the member stands, what keeps the tier and what the next asks',
    reply: Exact({
      currentId: Nullable(Type.String()),
      since: Nullable(Day),
      /** The last day on which the tier is safe without further purchases; null: no end. */
      safeUntil: Nullable(Day),
      /** Last day of a tier granted or paid for, when it is the one in force. */
      grantedUntil: Nullable(Day),
      measure: Measure,
      counted: Count,
      windowText: Type.String(),
      /** The amount needed by a day to keep the tier longer, and the amount that leaves the window after that day. */
      keep: Nullable(Exact({ by: Day, needed: Count, falling: Count, text: Type.String() })),
      next: Nullable(Exact({ id: Type.String(), name: Type.String(), needed: Count })),
      tiers: Type.Array(TierView),
    }),
  },
  'GET /admin/members/:memberId/tier': {
    for: 'admin',
    permission: 'members.read',
    confined: true,
    summary: "A member's tier: since when, how long, what keeps it, what was granted",
    params: Exact({ memberId: Id }),
    refusals: ['member.unknown'],
    reply: TierHeld,
  },
  'POST /admin/members/:memberId/tier': {
    for: 'admin',
    permission: 'tiers.grant',
    summary: 'Grant a member a tier until a day, as for a paid membership; a new grant takes the place of the old',
    params: Exact({ memberId: Id }),
    body: Exact({ tierId: Slug, until: Day, reason: Reason, requestId: RequestId }),
    refusals: ['member.frozen', ...ofNamedMember, 'tier.unknown', 'tier.day-past'],
    reply: Exact({ tierName: Type.String(), until: Day }),
  },
  'POST /admin/members/:memberId/tier/end': {
    for: 'admin',
    permission: 'tiers.grant',
    summary: 'End a granted tier before its day',
    params: Exact({ memberId: Id }),
    body: Exact({ reason: Reason, requestId: RequestId }),
    refusals: ['member.unknown', 'tier.not-granted'],
    reply: Exact({ tierName: Type.String() }),
  },
} satisfies Endpoints

export type TiersApi = ApiOf<typeof tiers>
