import Type from 'typebox'
import { Count, Day, Id, Instant, PictureUrl, PointsDelta, Sum } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Nullable } from '../http.ts'
import { Flows } from '../points/statements.ts'

export const dashboard = {
  'GET /admin/dashboard': {
    for: 'admin',
    permission: 'dashboard.read',
    polled: true,
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
} satisfies Endpoints

export type DashboardApi = ApiOf<typeof dashboard>
