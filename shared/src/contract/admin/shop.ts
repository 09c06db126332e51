import Type from 'typebox'
import { Cursor, cleaned, Done, Id, Instant, Limit, Line, Name, RequestId, Revision, Search, Text } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable } from '../http.ts'
import { StaffRole } from '../session.ts'
import { AuditLogRow } from './log-row.ts'

const Whoever = Exact({ login: Type.String(), name: Type.String() })

const Store = Exact({
  storeId: Id,
  name: Type.String(),
  address: Type.String(),
  hours: Type.String(),
  open: Type.Boolean(),
  revision: Revision,
})

const storeInput = { name: Name(30), address: Text(100), hours: Text(40), open: Type.Boolean() }

export const adminShop = {
  'POST /admin/session': {
    for: 'public',
    summary: 'Log in to the panel; sets an httpOnly cookie',
    body: Exact({ login: Line(40), password: Type.String({ minLength: 1, maxLength: 200 }) }),
    reply: Whoever,
  },
  'GET /admin/session': { for: 'admin', summary: 'Who is logged in', reply: Whoever },
  'DELETE /admin/session': { for: 'admin', summary: 'Log out', reply: Done },
  'GET /admin/stores': { for: 'admin', summary: 'All stores', reply: Exact({ rows: Type.Array(Store) }) },
  'POST /admin/stores': {
    for: 'admin',
    summary: 'Open a store',
    body: Exact({ ...storeInput, requestId: RequestId }),
    reply: Store,
  },
  'PATCH /admin/stores/:storeId': {
    for: 'admin',
    summary: 'Change or close a store',
    params: Exact({ storeId: Id }),
    body: Exact({ ...Type.Partial(Exact(storeInput)).properties, revision: Revision }),
    reply: Store,
  },
  'GET /admin/staff': {
    for: 'admin',
    summary: 'Who may work at which stores',
    reply: Exact({
      rows: Type.Array(
        Exact({
          memberId: Id,
          memberNo: Type.String(),
          nickname: Type.String(),
          phoneMasked: Type.String(),
          role: StaffRole,
          storeIds: Type.Array(Id),
          since: Instant,
          revision: Revision,
        }),
      ),
    }),
  },
  'PUT /admin/staff/:memberId': {
    for: 'admin',
    summary: 'Give a member a staff role at stores',
    params: Exact({ memberId: Id }),
    body: Exact({
      role: StaffRole,
      storeIds: Type.Array(Id, { minItems: 1, maxItems: 500 }),
      /** Null for a member who has no role yet. */
      revision: Nullable(Revision),
    }),
    reply: Done,
  },
  'DELETE /admin/staff/:memberId': {
    for: 'admin',
    summary: 'Take the staff role away, at once',
    params: Exact({ memberId: Id }),
    reply: Done,
  },
  'GET /admin/audit-log': {
    for: 'admin',
    summary: 'Who did what when, newest first',
    query: Exact({ q: Maybe(Search(40)), action: Maybe(Text(40)), cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Exact({ rows: Type.Array(AuditLogRow), next: Nullable(Type.String()), actions: Type.Array(Type.String()) }),
  },
  'GET /admin/settings': {
    for: 'admin',
    summary: 'Name, notice and service phone of the shop',
    reply: Exact({
      name: Type.String(),
      notice: Type.String(),
      servicePhone: Type.String(),
      cards: Type.Boolean(),
      revision: Revision,
    }),
  },
  'PUT /admin/settings': {
    for: 'admin',
    summary: 'Change name, notice and service phone',
    body: Exact({
      name: Name(20),
      notice: Text(200),
      servicePhone: cleaned('code', { maxLength: 20, pattern: '^[0-9+ -]*$' }),
      /** Whether the shop has physical cards. */
      cards: Type.Boolean(),
      revision: Revision,
    }),
    reply: Exact({ revision: Revision }),
  },
  'GET /admin/clock': {
    for: 'admin',
    summary: 'The clock; in a demo it can travel',
    reply: Exact({ now: Instant, aheadDays: Type.Integer(), demo: Type.Boolean() }),
  },
  'POST /admin/clock': {
    for: 'admin',
    summary: 'Travel in time and run the jobs of each day passed; demo only',
    body: Exact({ days: Type.Integer({ minimum: 1, maximum: 400 }) }),
    reply: Exact({
      now: Instant,
      aheadDays: Type.Integer(),
      expiredPoints: Type.Integer(),
      remindersSent: Type.Integer(),
      /** Members who got something for their birthday. */
      birthdays: Type.Integer(),
      tiersChanged: Type.Integer(),
    }),
  },
} satisfies Endpoints

export type AdminShopApi = ApiOf<typeof adminShop>
