import Type from 'typebox'
import { AmountFen, Count, Cursor, Id, Instant, Limit, Points, Reason } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable, OneOf, Page } from '../http.ts'

const Person = Exact({
  memberId: Id,
  memberNo: Type.String(),
  nickname: Type.String(),
  avatarUrl: Type.String(),
})

export const referrals = {
  'GET /me/invitation': {
    for: 'member',
    summary: 'The invitation code, what it gives and when, and who came',
    reply: Exact({
      inviteCode: Type.String(),
      path: Type.String(),
      rewardText: Type.String(),
      /** The effect of a return on the reward; '' for none. */
      returnText: Type.String(),
      rewarded: Count,
      pointsEarned: Points,
      friends: Type.Array(
        Exact({
          nickname: Type.String(),
          joinedAt: Instant,
          state: OneOf('waiting', 'held', 'rewarded', 'refused', 'taken-back'),
          points: Points,
          text: Type.String(),
        }),
      ),
    }),
  },
  'GET /me/invitation/picture': {
    for: 'member',
    summary: 'The mini-program code that carries the invitation, as a data URI',
    refusals: ['wechat.unavailable'],
    reply: Exact({ picture: Type.String() }),
  },
  'GET /admin/referrals/held': {
    for: 'admin',
    permission: 'referrals.review',
    summary: 'Rewards that wait for the merchant, the latest friend first, each with why',
    query: Exact({ cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Page(
      Exact({
        inviteeId: Id,
        inviter: Person,
        invitee: Person,
        joinedAt: Instant,
        doubts: Type.Array(Exact({ title: Type.String(), text: Type.String() })),
        /** The purchase that would earn the reward; null when the registration does. */
        purchase: Nullable(Exact({ storeName: Type.String(), receiptNo: Type.String(), amountFen: AmountFen })),
        /** The points under the policy in force. */
        inviterPoints: Points,
        inviteePoints: Points,
      }),
    ),
  },
  'POST /admin/referrals/:inviteeId/review': {
    for: 'admin',
    permission: 'referrals.review',
    summary: 'Approve a reward that was held, or refuse it; once',
    params: Exact({ inviteeId: Id }),
    body: Exact({
      approve: Type.Boolean(),
      /** The rewards as the merchant saw them; when they have changed meanwhile an approval is refused. */
      inviterPoints: Maybe(Points),
      inviteePoints: Maybe(Points),
      reason: Reason,
    }),
    refusals: ['invitation.unknown', 'invitation.not-held', 'reward.changed'],
    reply: Exact({ state: OneOf('approved', 'refused') }),
  },
} satisfies Endpoints

export type ReferralsApi = ApiOf<typeof referrals>
