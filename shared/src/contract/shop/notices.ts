import Type from 'typebox'
import { Count, Done, Id, Instant } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, OneOf } from '../http.ts'

const Kind = OneOf('password', 'reset', 'factor-on', 'factor-off', 'new-device', 'failures', 'code-used')
export type NoticeKind = Type.Static<typeof Kind>

export const notices = {
  'GET /admin/session/notices': {
    for: 'admin',
    permission: 'panel.use',
    confined: true,
    summary: 'What happened to the own account, the latest first, without what this very log-in did',
    reply: Exact({
      rows: Type.Array(
        Exact({
          noticeId: Id,
          kind: Kind,
          /** The name of who did it; '' for the holder or somebody unknown. */
          by: Type.String(),
          at: Instant,
          /** How often; more than once only for failures. */
          times: Count,
          address: Type.String(),
          device: Type.String(),
        }),
      ),
    }),
  },
  'POST /admin/session/notices/dismiss': {
    for: 'admin',
    permission: 'panel.use',
    confined: true,
    summary: 'Do not show these again; one that has counted on since stays',
    body: Exact({ shown: Type.Array(Exact({ noticeId: Id, times: Count }), { minItems: 1, maxItems: 20 }) }),
    reply: Done,
  },
} satisfies Endpoints

export type NoticesApi = ApiOf<typeof notices>
