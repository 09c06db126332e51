import Type from 'typebox'
import { Count, Day, Id, Instant, Month, PictureUrl, PointsDelta, Sum } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable } from '../http.ts'
import { Flows } from '../statement.ts'

/** One check of the books: `faults` names the rows that fail it, at most 50. */
const AuditCheck = Exact({
  id: Type.String(),
  title: Type.String(),
  text: Type.String(),
  passed: Type.Boolean(),
  checked: Count,
  faults: Type.Array(Type.String()),
})

const AuditReport = Exact({
  at: Instant,
  tookMs: Type.Integer(),
  passed: Type.Boolean(),
  checks: Type.Array(AuditCheck),
  totals: Exact({ ...Flows.properties, outstanding: Sum, debt: Sum, outstandingFen: Sum }),
})

export const adminLedger = {
  'GET /admin/dashboard': {
    for: 'admin',
    summary: 'The programme at a glance',
    reply: Exact({
      members: Count,
      newToday: Count,
      activeToday: Count,
      pointsToday: Flows,
      outstanding: Sum,
      outstandingFen: Sum,
      days: Type.Array(
        Exact({
          on: Day,
          ...Flows.properties,
          newMembers: Type.Integer(),
        }),
      ),
      /** By month of the last usable day; null: never expires. */
      liability: Type.Array(Exact({ month: Nullable(Type.String()), points: Sum, fen: Sum })),
      waitingOrders: Count,
      /** Items that members can see in the mall. */
      listedItems: Count,
      lowStock: Type.Array(Exact({ itemId: Id, name: Type.String(), pictureUrl: PictureUrl, stock: Count })),
      latest: Type.Array(
        Exact({
          memberId: Id,
          nickname: Type.String(),
          seq: Count,
          title: Type.String(),
          delta: PointsDelta,
          at: Instant,
        }),
      ),
    }),
  },
  'GET /admin/liability': {
    for: 'admin',
    summary: 'What the shop owes its members at the end of a day, today unless another is asked for',
    query: Exact({ on: Maybe(Day) }),
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
      /** What became of the points that came in each of these months: `points = used + expired + open`. */
      cohorts: Type.Array(Exact({ month: Month, points: Sum, used: Sum, expired: Sum, open: Sum })),
    }),
  },
  'GET /admin/ledger-audit': {
    for: 'admin',
    summary: 'The last audit of the books',
    reply: Exact({ report: Nullable(AuditReport) }),
  },
  'POST /admin/ledger-audit': { for: 'admin', summary: 'Audit the books now', reply: Exact({ report: AuditReport }) },
} satisfies Endpoints

export type AdminLedgerApi = ApiOf<typeof adminLedger>
