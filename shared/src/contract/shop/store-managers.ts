import Type from 'typebox'
import { ofActiveMember, ofStore, ofVisit } from '../common-refusals.ts'
import { Count, Day, Done, Id, Instant, PointsDelta, RequestId, Sum, Visit } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Nullable } from '../http.ts'
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
} satisfies Endpoints

export type StoreManagersApi = ApiOf<typeof storeManagers>
