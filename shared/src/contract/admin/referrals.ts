import Type from 'typebox'
import { AmountFen, Cursor, Id, Instant, Limit, Points, Reason } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable, OneOf, Page } from '../http.ts'

const Person = Exact({
  memberId: Id,
  memberNo: Type.String(),
  nickname: Type.String(),
  avatarUrl: Type.String(),
})

export const adminReferrals = {
  'GET /admin/referrals/held': {
    for: 'admin',
    summary: 'Rewards that wait for the merchant, the latest friend first, each with why',
    query: Exact({ cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Page(
      Exact({
        inviteeId: Id,
        inviter: Person,
        invitee: Person,
        joinedAt: Instant,
        doubts: Type.Array(Exact({ title: Type.String(), text: Type.String() })),
        /** The purchase that would earn the reward; null where registration does. */
        purchase: Nullable(Exact({ storeName: Type.String(), receiptNo: Type.String(), amountFen: AmountFen })),
        /** What the policy in force would give. */
        inviterPoints: Points,
        inviteePoints: Points,
      }),
    ),
  },
  'POST /admin/referrals/:inviteeId/review': {
    for: 'admin',
    summary: 'Approve a reward that was held, or refuse it; once',
    params: Exact({ inviteeId: Id }),
    body: Exact({
      approve: Type.Boolean(),
      /** The rewards as the merchant saw them; when they have changed meanwhile an approval is refused. */
      inviterPoints: Maybe(Points),
      inviteePoints: Maybe(Points),
      reason: Reason,
    }),
    reply: Exact({ state: OneOf('approved', 'refused') }),
  },
} satisfies Endpoints

export type AdminReferralsApi = ApiOf<typeof adminReferrals>
