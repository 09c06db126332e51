import Type from 'typebox'
import { Count, Day, Month, Sum } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable } from '../http.ts'
import { Flows } from './statements.ts'

export const liability = {
  'GET /admin/liability': {
    for: 'admin',
    permission: 'books.read',
    summary: 'What the shop owes its members at the end of a day, today unless another is asked for',
    query: Exact({ on: Maybe(Day) }),
    refusals: ['period.not-yet'],
    reply: Exact({
      on: Day,
      pointsPerYuan: Type.Integer(),
      outstanding: Sum,
      outstandingFen: Sum,
      /** By month of the last usable day, soonest first; null: never expires. Points and money sum to the totals. */
      expiring: Type.Array(Exact({ month: Nullable(Month), points: Sum, fen: Sum, members: Count })),
      /** Outstanding before the first of the months: what flowed in them leads from there to what is outstanding. */
      opening: Sum,
      /** The 24 months up to that day, oldest first, each with what was outstanding when it ended. */
      flows: Type.Array(Exact({ month: Month, ...Flows.properties, outstanding: Sum })),
      /** The use of the points earned in each of these months: `points = used + expired + open`. */
      cohorts: Type.Array(Exact({ month: Month, points: Sum, used: Sum, expired: Sum, open: Sum })),
    }),
  },
} satisfies Endpoints

export type LiabilityApi = ApiOf<typeof liability>
