import Type from 'typebox'
import { ofNamedMember } from '../common-refusals.ts'
import { ExplanationLine, Id, Points, Reason, RequestId } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, OneOf } from '../http.ts'
import { EventCode } from '../points/earning-rule.ts'

export const events = {
  'POST /admin/members/:memberId/acts': {
    for: 'admin',
    permission: 'points.adjust',
    summary: 'Note a review, the joining of an activity or another event; the rules say what it gives',
    params: Exact({ memberId: Id }),
    body: Exact({ trigger: OneOf('review', 'activity', 'event'), code: EventCode, note: Reason, requestId: RequestId }),
    refusals: ['member.frozen', ...ofNamedMember, 'points.too-many'],
    reply: Exact({ points: Points, balance: Points, why: Type.Array(ExplanationLine) }),
  },
} satisfies Endpoints

export type EventsApi = ApiOf<typeof events>
