import Type from 'typebox'
import { ofActiveMember } from '../common-refusals.ts'
import { Count, Day, Month, Points, RequestId } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable } from '../http.ts'

/** Days left out that may be made up for, in any month; null where the policy has none of it. */
const MakeUp = Nullable(
  Exact({
    price: Points,
    /** How many more this month. */
    left: Count,
    /** The points of each, and the resulting streak. */
    days: Type.Array(Exact({ on: Day, points: Points, streak: Count })),
  }),
)

export const checkIns = {
  'GET /me/check-ins': {
    for: 'member',
    summary: 'A month of check-ins and the streak',
    query: Exact({ month: Maybe(Month) }),
    refusals: ['check-in.closed', 'check-in.done', 'points.too-many'],
    reply: Exact({
      month: Month,
      today: Day,
      days: Type.Array(Exact({ on: Day, points: Points })),
      checkedInToday: Type.Boolean(),
      streak: Count,
      /** The points of checking in now; 0 when it is done or closed, or when the member may not earn. */
      pointsToday: Points,
      /** Extras ahead on the present streak, nearest first. */
      extras: Type.Array(Exact({ atDays: Count, points: Points, daysLeft: Count })),
      makeUp: MakeUp,
    }),
  },
  'POST /me/check-ins/make-up': {
    for: 'member',
    summary: 'Make up for a day left out, for its price; a day is paid once',
    body: Exact({
      on: Day,
      /** The price and the points that the member confirmed; refused when either has changed meanwhile. */
      price: Maybe(Points),
      points: Maybe(Points),
      requestId: RequestId,
    }),
    refusals: [
      ...ofActiveMember,
      'check-in.closed',
      'check-in.made',
      'make-up.closed',
      'make-up.out-of-reach',
      'make-up.limit-reached',
      'make-up.changed',
      'points.short',
      'points.too-many',
    ],
    reply: Exact({ on: Day, price: Points, points: Points, streak: Count, balance: Points, text: Type.String() }),
  },
  'POST /me/check-ins': {
    for: 'member',
    summary: 'Check in for today at the shop; doing so again gives nothing more',
    /** The points that the member confirmed; refused when they have changed meanwhile. */
    body: Exact({ points: Maybe(Points) }),
    refusals: [
      ...ofActiveMember,
      'check-in.closed',
      'check-in.done',
      'check-in.made',
      'check-in.changed',
      'points.too-many',
    ],
    reply: Exact({
      on: Day,
      points: Points,
      streak: Count,
      balance: Points,
      already: Type.Boolean(),
      text: Type.String(),
    }),
  },
} satisfies Endpoints

export type CheckInsApi = ApiOf<typeof checkIns>
