import Type from 'typebox'
import { ofActiveMember, ofStore, ofVisit } from '../common-refusals.ts'
import { Count, Day, Done, Id, Instant, Points, PointsDelta, Reason, RequestId, Sum, Visit } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Nullable } from '../http.ts'
import { Waiting } from './approvals.ts'
import { StaffRole } from './staff.ts'

/** Money received, money refunded, and the difference, all without payments by coupons and points; points net of returns. */
const Work = {
  purchases: Count,
  amountFen: Sum,
  returns: Count,
  refundFen: Sum,
  netFen: Sum,
  points: PointsDelta,
  pickups: Count,
}

const adjusting = { visit: Visit, storeId: Id, points: PointsDelta }

const ofAdjustment = [
  ...ofStore,
  ...ofVisit,
  ...ofActiveMember,
  'adjustment.own',
  'adjustment.stranger',
  'adjustment.day-full',
  'adjustment.zero',
  'points.overdrawn',
  'points.too-many',
] as const

/** What a store manager (店长) does on the phone, each for one store. */
export const storeManagers = {
  'GET /clerk/store-figures': {
    for: 'clerk',
    managers: true,
    summary: 'A store today, as a whole and by clerk',
    query: Exact({ storeId: Id }),
    refusals: ['store.foreign'],
    reply: Exact({
      on: Day,
      at: Instant,
      ...Work,
      /** Members who bought, brought back or fetched something. */
      members: Count,
      /** Orders that wait to be fetched here. */
      waitingOrders: Count,
      /** Who did something today, and the staff who did not; null: other systems and the panel. */
      clerks: Type.Array(Exact({ memberId: Nullable(Id), nickname: Type.String(), ...Work })),
    }),
  },
  'GET /clerk/staff': {
    for: 'clerk',
    managers: true,
    summary: 'Who works at a store',
    query: Exact({ storeId: Id }),
    refusals: ['store.foreign'],
    reply: Exact({
      rows: Type.Array(
        Exact({
          memberId: Id,
          nickname: Type.String(),
          avatarUrl: Type.String(),
          phoneMasked: Type.String(),
          role: StaffRole,
          since: Instant,
          /** Frozen or cancelled members stay on the list, and cannot work. */
          active: Type.Boolean(),
          /** Whether the manager may end the work here: of clerks only. */
          removable: Type.Boolean(),
        }),
      ),
    }),
  },
  'POST /clerk/staff': {
    for: 'clerk',
    managers: true,
    summary: 'Make the member of a visit a clerk of the store',
    body: Exact({ visit: Visit, storeId: Id, requestId: RequestId }),
    refusals: [...ofStore, ...ofVisit, ...ofActiveMember, 'staff.own', 'staff.is-manager'],
    reply: Done,
  },
  'POST /clerk/staff/:memberId/removal': {
    for: 'clerk',
    managers: true,
    summary: 'End the work of a clerk at the store, at once',
    params: Exact({ memberId: Id }),
    body: Exact({ storeId: Id, requestId: RequestId }),
    refusals: ['store.foreign', 'staff.own', 'staff.is-manager', 'staff.unknown'],
    reply: Done,
  },
  'POST /clerk/adjustments/preview': {
    for: 'clerk',
    managers: true,
    summary: 'What an adjustment of the served member’s points would do',
    body: Exact(adjusting),
    refusals: ofAdjustment,
    reply: Exact({
      before: Points,
      balance: Points,
      /** Why it would wait for a second person, in words; '' when it would be made at once. */
      because: Type.String(),
    }),
  },
  'POST /clerk/adjustments': {
    for: 'clerk',
    managers: true,
    summary: 'Add or take points of the served member, within the limits of store managers; above them it waits',
    body: Exact({
      ...adjusting,
      /** The resulting balance that the manager confirmed; refused when it has changed meanwhile. */
      balance: Points,
      reason: Reason,
      requestId: RequestId,
    }),
    refusals: [...ofAdjustment, 'adjustment.changed'],
    reply: Type.Union([Exact({ seq: Count, balance: Points }), Waiting]),
  },
} satisfies Endpoints

export type StoreManagersApi = ApiOf<typeof storeManagers>
