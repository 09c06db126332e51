import Type from 'typebox'
import { cleaned, Day, Id, Instant, Name, Revision, Text } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe } from '../http.ts'

const LeaveDays = Type.Integer({ minimum: 0, maximum: 15 })
/** 网络安全法: logs are kept for six months at least. */
const KeptMonths = Type.Integer({ minimum: 6, maximum: 120 })
const RejoinMonths = Type.Integer({ minimum: 0, maximum: 36 })

export const settings = {
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
      /** Templates for which the mini-program may ask for credit. */
      templates: Exact({ expiry: Type.String(), pickup: Type.String() }),
    }),
  },
  'GET /admin/settings': {
    for: 'admin',
    permission: 'settings.read',
    summary: 'Name, notice and service phone of the shop, its terms of leaving and its retention times',
    reply: Exact({
      name: Type.String(),
      notice: Type.String(),
      servicePhone: Type.String(),
      cards: Type.Boolean(),
      /** The days between a member's request to leave and the end of the membership. */
      leaveAfterDays: LeaveDays,
      /** The months after which somebody who left gets the welcome gift again. */
      rejoinAfterMonths: RejoinMonths,
      /** The months after which lines of the audit log, and messages in the inbox, are deleted. */
      keepLogMonths: KeptMonths,
      keepMessagesMonths: KeptMonths,
      revision: Revision,
    }),
  },
  'PUT /admin/settings': {
    for: 'admin',
    permission: 'settings.edit',
    summary: 'Change name, notice and service phone, terms of leaving and retention times',
    body: Exact({
      name: Name(20),
      notice: Text(200),
      servicePhone: cleaned('code', { maxLength: 20, pattern: '^[0-9+ -]*$' }),
      /** Whether the shop has physical cards. */
      cards: Type.Boolean(),
      leaveAfterDays: Maybe(LeaveDays),
      rejoinAfterMonths: Maybe(RejoinMonths),
      keepLogMonths: Maybe(KeptMonths),
      keepMessagesMonths: Maybe(KeptMonths),
      revision: Revision,
    }),
    refusals: ['edit.outdated'],
    reply: Exact({ revision: Revision }),
  },
} satisfies Endpoints

export type SettingsApi = ApiOf<typeof settings>
