import Type from 'typebox'
import { Count, Id, Instant, Standing } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable } from '../http.ts'

const Delay = Exact({ title: Type.String(), text: Type.String(), count: Count, since: Nullable(Instant) })

export const anomalies = {
  'GET /admin/anomalies': {
    for: 'admin',
    permission: 'cases.read',
    summary: 'What deserves a look in recent days, each with why, and data that is merely late',
    query: Exact({ days: Maybe(Type.Integer({ minimum: 1, maximum: 31, default: 7 })) }),
    reply: Exact({
      since: Instant,
      rows: Type.Array(
        Exact({
          id: Type.String(),
          kind: Type.String(),
          title: Type.String(),
          text: Type.String(),
          at: Instant,
          memberId: Id,
          memberNo: Type.String(),
          nickname: Type.String(),
          avatarUrl: Type.String(),
          standing: Standing,
          /** Whether the record was merged into another one. */
          merged: Type.Boolean(),
          /** The open case the member is in; null for none. */
          caseId: Nullable(Id),
        }),
      ),
      delays: Type.Array(Delay),
    }),
  },
} satisfies Endpoints

export type AnomaliesApi = ApiOf<typeof anomalies>
