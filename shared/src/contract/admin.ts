import Type from 'typebox'
import { PurchaseLine, PurchaseView } from './clerk.ts'
import {
  AmountFen,
  Count,
  Cursor,
  Day,
  Done,
  EntryDetail,
  Id,
  Instant,
  Limit,
  Line,
  OrderNo,
  PictureData,
  PictureUrl,
  Points,
  PointsDelta,
  Reason,
  RequestId,
  ScannedCode,
  Standing,
  Text,
  WhyLine,
} from './fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable, OneOf, Page } from './http.ts'
import { Order, OrderState } from './mall.ts'
import { PointsSummary, Profile } from './me.ts'
import { Policy, PolicyFault, PolicyVersion } from './policy.ts'
import { StaffRole } from './session.ts'

const Whoever = Exact({ login: Type.String(), name: Type.String() })

const MemberRow = Exact({
  memberId: Id,
  memberNo: Type.String(),
  nickname: Type.String(),
  avatarUrl: Type.String(),
  phoneMasked: Type.String(),
  tierName: Type.String(),
  balance: Points,
  standing: Standing,
  joinedAt: Instant,
  lastActiveAt: Nullable(Instant),
})

const Store = Exact({
  storeId: Id,
  name: Type.String(),
  address: Type.String(),
  hours: Type.String(),
  open: Type.Boolean(),
})

const storeInput = { name: Line(30), address: Text(100), hours: Text(40), open: Type.Boolean() }

const Item = Exact({
  itemId: Id,
  name: Type.String(),
  category: Type.String(),
  pictureUrl: PictureUrl,
  points: Points,
  worthFen: AmountFen,
  description: Type.String(),
  instructions: Type.String(),
  limitPerMember: Nullable(Count),
  listed: Type.Boolean(),
  position: Type.Integer(),
  stock: Count,
  redeemed: Count,
})

const itemInput = {
  name: Line(40),
  category: Line(20),
  pictureUrl: PictureUrl,
  points: Type.Integer({ minimum: 1, maximum: 100_000_000 }),
  worthFen: AmountFen,
  description: Text(1000),
  instructions: Text(1000),
  limitPerMember: Nullable(Type.Integer({ minimum: 1, maximum: 9_999 })),
  listed: Type.Boolean(),
  position: Type.Integer({ minimum: 0, maximum: 100_000 }),
}

const PolicySummary = Exact({
  version: PolicyVersion,
  name: Type.String(),
  note: Type.String(),
  publishedAt: Instant,
  publishedBy: Type.String(),
  effectiveAt: Instant,
  state: OneOf('past', 'in-force', 'coming'),
})

const AuditLogRow = Exact({
  id: Id,
  at: Instant,
  actor: Type.String(),
  action: Type.String(),
  subject: Type.String(),
  text: Type.String(),
  detail: Type.String(),
})

/** One check of the books: `faults` names the rows that fail it, at most 50. */
const AuditCheck = Exact({
  id: Type.String(),
  title: Type.String(),
  text: Type.String(),
  passed: Type.Boolean(),
  checked: Count,
  faults: Type.Array(Type.String()),
})

export const AuditReport = Exact({
  at: Instant,
  tookMs: Type.Integer(),
  passed: Type.Boolean(),
  checks: Type.Array(AuditCheck),
  totals: Exact({
    issued: Count,
    redeemed: Type.Integer(),
    expired: Count,
    reversed: Count,
    adjusted: Type.Integer(),
    outstanding: Count,
    debt: Count,
    outstandingFen: Type.Integer(),
  }),
})

export const admin = {
  'POST /admin/session': {
    for: 'public',
    summary: 'Log in to the panel; sets an httpOnly cookie',
    body: Exact({ login: Line(40), password: Type.String({ minLength: 1, maxLength: 200 }) }),
    reply: Whoever,
  },
  'GET /admin/session': { for: 'admin', summary: 'Who is logged in', reply: Whoever },
  'DELETE /admin/session': { for: 'admin', summary: 'Log out', reply: Done },
  'GET /admin/dashboard': {
    for: 'admin',
    summary: 'The programme at a glance',
    reply: Exact({
      members: Count,
      newToday: Count,
      activeToday: Count,
      pointsToday: Exact({ issued: Count, redeemed: Type.Integer(), expired: Count, reversed: Count }),
      outstanding: Count,
      outstandingFen: Type.Integer(),
      days: Type.Array(
        Exact({
          on: Day,
          issued: Type.Integer(),
          redeemed: Type.Integer(),
          expired: Type.Integer(),
          reversed: Type.Integer(),
          newMembers: Type.Integer(),
        }),
      ),
      /** By month of the last usable day; null: never expires. */
      liability: Type.Array(Exact({ month: Nullable(Type.String()), points: Count, fen: Type.Integer() })),
      waitingOrders: Count,
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
  'GET /admin/members': {
    for: 'admin',
    summary: 'Search members by number, phone (whole or last four digits) or nickname',
    query: Exact({ q: Maybe(Text(40)), standing: Maybe(Standing), cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Exact({ rows: Type.Array(MemberRow), next: Nullable(Type.String()), total: Count }),
  },
  'GET /admin/members/:memberId': {
    for: 'admin',
    summary: "One member's whole record",
    params: Exact({ memberId: Id }),
    reply: Exact({
      ...MemberRow.properties,
      profile: Profile,
      source: Type.String(),
      points: PointsSummary,
      lots: Type.Array(
        Exact({
          seq: Count,
          title: Type.String(),
          points: Points,
          remaining: Points,
          earnedAt: Instant,
          usableOn: Day,
          expiresOn: Nullable(Day),
        }),
      ),
      invitedBy: Nullable(Exact({ memberId: Id, nickname: Type.String() })),
      invited: Type.Array(Exact({ memberId: Id, nickname: Type.String(), state: Type.String(), at: Instant })),
      streak: Count,
      lastCheckIn: Nullable(Day),
      messageCredits: Exact({ expiry: Count, pickup: Count }),
      log: Type.Array(AuditLogRow),
    }),
  },
  'GET /admin/members/:memberId/entries': {
    for: 'admin',
    summary: "A member's ledger with why, newest first",
    params: Exact({ memberId: Id }),
    query: Exact({ cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Page(EntryDetail),
  },
  'GET /admin/members/:memberId/purchases': {
    for: 'admin',
    summary: "A member's purchases with their returns",
    params: Exact({ memberId: Id }),
    query: Exact({ cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Page(PurchaseView),
  },
  'GET /admin/members/:memberId/redemptions': {
    for: 'admin',
    summary: "A member's orders",
    params: Exact({ memberId: Id }),
    query: Exact({ cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Page(Order),
  },
  'POST /admin/members/:memberId/adjustments': {
    for: 'admin',
    summary: 'Add or take points by hand, with a reason the member can read',
    params: Exact({ memberId: Id }),
    body: Exact({ points: PointsDelta, reason: Reason, requestId: RequestId }),
    reply: Exact({ seq: Count, balance: Points }),
  },
  'POST /admin/members/:memberId/standing': {
    for: 'admin',
    summary: 'Freeze a member or lift the freeze',
    params: Exact({ memberId: Id }),
    body: Exact({ standing: OneOf('active', 'frozen'), reason: Reason, requestId: RequestId }),
    reply: Exact({ standing: Standing }),
  },
  'GET /admin/policy': {
    for: 'admin',
    summary: 'The policy in force and the draft',
    reply: Exact({
      version: PolicyVersion,
      /** What the next one must be based on; not `version` while a published one is still to come into force. */
      latest: PolicyVersion,
      inForce: Policy,
      draft: Nullable(Policy),
      draftSavedAt: Nullable(Instant),
      draftSavedBy: Type.String(),
    }),
  },
  'PUT /admin/policy/draft': {
    for: 'admin',
    summary: 'Keep the draft; null throws it away. Faults are told, the draft is kept all the same',
    body: Exact({ draft: Nullable(Policy) }),
    reply: Exact({ faults: Type.Array(PolicyFault) }),
  },
  'POST /admin/policy/preview': {
    for: 'admin',
    summary: 'What a purchase would earn under a policy, without writing',
    body: Exact({
      policy: Policy,
      purchase: Exact({
        lines: Type.Array(PurchaseLine, { minItems: 1, maxItems: 20 }),
        storeId: Maybe(Id),
        tierId: Maybe(Type.String({ maxLength: 40 })),
        on: Maybe(Day),
        firstPurchase: Maybe(Type.Boolean()),
      }),
    }),
    reply: Exact({ points: Points, expiresOn: Nullable(Day), why: Type.Array(WhyLine) }),
  },
  'GET /admin/policies': {
    for: 'admin',
    summary: 'All published versions, newest first',
    reply: Exact({ rows: Type.Array(PolicySummary) }),
  },
  'GET /admin/policies/:version': {
    for: 'admin',
    summary: 'One published version',
    params: Exact({ version: PolicyVersion }),
    reply: Exact({ ...PolicySummary.properties, policy: Policy }),
  },
  'POST /admin/policies': {
    for: 'admin',
    summary:
      'Publish a policy; it never changes afterwards. `basedOn` is the version one started from: another one published meanwhile is refused',
    body: Exact({
      policy: Policy,
      note: Line(200),
      effectiveAt: Maybe(Instant),
      basedOn: PolicyVersion,
      requestId: RequestId,
    }),
    reply: PolicySummary,
  },
  'GET /admin/items': {
    for: 'admin',
    summary: 'All mall items, listed or not',
    reply: Exact({ rows: Type.Array(Item) }),
  },
  'POST /admin/items': {
    for: 'admin',
    summary: 'Add an item to the mall',
    body: Exact({ ...itemInput, stock: Count, requestId: RequestId }),
    reply: Item,
  },
  'PATCH /admin/items/:itemId': {
    for: 'admin',
    summary: 'Change an item; stock has an operation of its own',
    params: Exact({ itemId: Id }),
    body: Type.Partial(Exact(itemInput), { additionalProperties: false }),
    reply: Item,
  },
  'POST /admin/items/:itemId/stock': {
    for: 'admin',
    summary: 'Add to the stock or take from it, never below zero',
    params: Exact({ itemId: Id }),
    body: Exact({
      delta: Type.Integer({ minimum: -1_000_000, maximum: 1_000_000 }),
      reason: Reason,
      requestId: RequestId,
    }),
    reply: Exact({ stock: Count }),
  },
  'POST /admin/pictures': {
    for: 'admin',
    summary: 'Upload a picture for an item',
    body: Exact({ picture: PictureData }),
    reply: Exact({ pictureUrl: PictureUrl }),
  },
  'GET /admin/redemptions': {
    for: 'admin',
    summary: 'Orders by state, pick-up code or member',
    query: Exact({ state: Maybe(OrderState), q: Maybe(Text(40)), cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Exact({
      rows: Type.Array(Exact({ ...Order.properties, memberId: Id, nickname: Type.String() })),
      next: Nullable(Type.String()),
      total: Count,
    }),
  },
  'POST /admin/redemptions/:orderNo/cancel': {
    for: 'admin',
    summary: 'Cancel an order for the member, with a reason',
    params: Exact({ orderNo: OrderNo }),
    body: Exact({ reason: Reason, requestId: RequestId }),
    reply: Order,
  },
  'POST /admin/redemptions/:orderNo/hand-over': {
    for: 'admin',
    summary: 'Mark an order as handed over',
    params: Exact({ orderNo: OrderNo }),
    body: Exact({ code: ScannedCode, requestId: RequestId }),
    reply: Order,
  },
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
    body: Type.Partial(Exact(storeInput), { additionalProperties: false }),
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
        }),
      ),
    }),
  },
  'PUT /admin/staff/:memberId': {
    for: 'admin',
    summary: 'Give a member a staff role at stores',
    params: Exact({ memberId: Id }),
    body: Exact({ role: StaffRole, storeIds: Type.Array(Id, { minItems: 1, maxItems: 500 }) }),
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
    query: Exact({ q: Maybe(Text(40)), action: Maybe(Text(40)), cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Exact({ rows: Type.Array(AuditLogRow), next: Nullable(Type.String()), actions: Type.Array(Type.String()) }),
  },
  'GET /admin/ledger-audit': {
    for: 'admin',
    summary: 'The last audit of the books',
    reply: Exact({ report: Nullable(AuditReport) }),
  },
  'POST /admin/ledger-audit': { for: 'admin', summary: 'Audit the books now', reply: Exact({ report: AuditReport }) },
  'GET /admin/settings': {
    for: 'admin',
    summary: 'Name, notice and service phone of the shop',
    reply: Exact({ name: Type.String(), notice: Type.String(), servicePhone: Type.String() }),
  },
  'PUT /admin/settings': {
    for: 'admin',
    summary: 'Change name, notice and service phone',
    body: Exact({
      name: Line(20),
      notice: Text(200),
      servicePhone: Type.String({ maxLength: 20, pattern: '^[0-9+ -]*$' }),
    }),
    reply: Done,
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
    }),
  },
} satisfies Endpoints

export type AdminApi = ApiOf<typeof admin>
