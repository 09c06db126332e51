import Type from 'typebox'
import { Day, Id, Instant } from './fields.ts'
import { type ApiOf, type Endpoints, Exact, OneOf } from './http.ts'

export const shop = {
  'GET /shop': {
    for: 'public',
    summary: 'The shop as anyone may see it',
    reply: Exact({
      name: Type.String(),
      notice: Type.String(),
      servicePhone: Type.String(),
      /** Whether the shop has physical cards. */
      cards: Type.Boolean(),
      demo: Type.Boolean(),
      now: Instant,
      today: Day,
      /** How far the shop's clock is ahead of UTC. */
      offsetMinutes: Type.Integer(),
      stores: Type.Array(Exact({ storeId: Id, name: Type.String(), address: Type.String(), hours: Type.String() })),
      /** Subscribe-message templates the mini-program may ask credit for. */
      templates: Exact({ expiry: Type.String(), pickup: Type.String() }),
    }),
  },
  'GET /rules': {
    for: 'public',
    summary: 'The rules in force, in words a member understands',
    reply: Exact({
      policyVersion: Type.Integer(),
      since: Instant,
      /** What the policy in force has: ways to earn, and the reminder before points expire. */
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
} satisfies Endpoints

export type ShopApi = ApiOf<typeof shop>
