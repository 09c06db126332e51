import Type from 'typebox'
import { Count, Cursor, cleaned, Day, Id, Instant, Limit, Line, RequestId, Sum } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Page } from '../http.ts'

const MemberNo = cleaned('digits', { pattern: '^\\d{1,15}$' })

/** The recipients: members by number, or those who bought at a store on a business day. */
const Whom = Type.Union([
  Exact({ by: Type.Literal('members'), memberNos: Type.Array(MemberNo, { minItems: 1, maxItems: 10_000 }) }),
  Exact({ by: Type.Literal('purchases'), storeId: Id, on: Day }),
])

const EachPoints = Type.Integer({ minimum: 1, maximum: 1_000_000 })

export const compensations = {
  'GET /admin/compensations': {
    for: 'admin',
    permission: 'cases.read',
    polled: true,
    summary: 'Compensations for faults of the system and how far they have come, newest first',
    query: Exact({ cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Page(
      Exact({
        compensationId: Id,
        reason: Type.String(),
        points: Sum,
        madeAt: Instant,
        madeBy: Type.String(),
        members: Count,
        given: Count,
        leftOut: Count,
      }),
    ),
  },
  'POST /admin/compensations/preview': {
    for: 'admin',
    permission: 'compensations.make',
    large: true,
    summary: 'Whom a compensation would reach and what it would come to; changes nothing',
    body: Exact({ whom: Whom, points: EachPoints }),
    refusals: ['store.unknown'],
    reply: Exact({
      members: Count,
      points: Sum,
      /** Unknown member numbers. */
      unknown: Type.Array(Type.String()),
      /** Those whose membership has ended; they get nothing. */
      cancelled: Count,
    }),
  },
  'POST /admin/compensations': {
    for: 'admin',
    permission: 'compensations.make',
    large: true,
    summary: 'Give points to everybody a fault has hurt, each once, in the background',
    body: Exact({
      whom: Whom,
      points: EachPoints,
      /** The number of members that the merchant confirmed; refused when it has changed meanwhile. */
      members: Maybe(Count),
      reason: Line(100),
      requestId: RequestId,
    }),
    refusals: ['store.unknown', 'compensation.changed', 'compensation.nobody'],
    reply: Exact({ compensationId: Id, members: Count }),
  },
} satisfies Endpoints

export type CompensationsApi = ApiOf<typeof compensations>
