import Type from 'typebox'
import { ofActiveMember } from '../common-refusals.ts'
import { Count, Cursor, Id, Instant, Limit, OrderNo, PictureUrl, Points, RequestId, Search } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable, OneOf, Page } from '../http.ts'

export const OrderState = OneOf('waiting', 'handed-over', 'cancelled')

const itemFields = {
  itemId: Id,
  name: Type.String(),
  category: Type.String(),
  pictureUrl: PictureUrl,
  points: Points,
  /** The price of the item in the shop, fen; 0 when it is not sold. */
  worthFen: Type.Integer(),
  stock: Count,
  redeemed: Count,
}

export const MallItem = Exact(itemFields)

export const MallItemDetail = Exact({
  ...itemFields,
  description: Type.String(),
  instructions: Type.String(),
  /** Null: no limit for one member. */
  limitPerMember: Nullable(Count),
  takenByMe: Nullable(Count),
})

export const Order = Exact({
  orderNo: OrderNo,
  itemId: Id,
  itemName: Type.String(),
  pictureUrl: PictureUrl,
  quantity: Count,
  points: Points,
  state: OrderState,
  storeId: Id,
  storeName: Type.String(),
  pickupCode: Type.String(),
  madeAt: Instant,
  endedAt: Nullable(Instant),
  instructions: Type.String(),
})

export const mall = {
  'GET /mall/items': {
    for: 'public',
    summary: 'The mall: listed items',
    query: Exact({
      category: Maybe(Search(20)),
      q: Maybe(Search(40)),
      maxPoints: Maybe(Points),
      sort: Maybe(OneOf('recommended', 'points', 'newest', 'popular')),
      cursor: Maybe(Cursor),
      limit: Maybe(Limit),
    }),
    reply: Exact({ rows: Type.Array(MallItem), next: Nullable(Type.String()), categories: Type.Array(Type.String()) }),
  },
  'GET /mall/items/:itemId': {
    for: 'public',
    summary: 'One item; with a member token also how many the member took',
    params: Exact({ itemId: Id }),
    refusals: ['item.unknown', 'item.unlisted'],
    reply: MallItemDetail,
  },
  'POST /mall/redemptions': {
    for: 'member',
    summary: 'Redeem an item for pick-up at a store',
    body: Exact({
      itemId: Id,
      quantity: Type.Integer({ minimum: 1, maximum: 99 }),
      storeId: Id,
      /** Price of one as the member saw it; when it has changed meanwhile the redemption is refused. */
      points: Maybe(Points),
      requestId: RequestId,
    }),
    refusals: [
      ...ofActiveMember,
      'store.unknown',
      'store.closed',
      'item.unknown',
      'item.unlisted',
      'item.changed',
      'item.sold-out',
      'item.short',
      'item.limit-reached',
      'points.short',
    ],
    reply: Exact({ order: Order, balance: Points }),
  },
  'GET /me/redemptions': {
    for: 'member',
    summary: 'My orders, newest first',
    query: Exact({ state: Maybe(OrderState), cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Page(Order),
  },
  'GET /me/redemptions/:orderNo': {
    for: 'member',
    summary: 'One of my orders',
    params: Exact({ orderNo: OrderNo }),
    refusals: ['order.unknown'],
    reply: Order,
  },
  'POST /me/redemptions/:orderNo/cancel': {
    for: 'member',
    summary: 'Cancel an order not yet handed over; the points go back to their own lots',
    params: Exact({ orderNo: OrderNo }),
    body: Exact({ requestId: RequestId }),
    refusals: ['order.unknown', 'order.handed-over', 'order.cancelled', 'member.merged', 'points.too-many'],
    reply: Exact({ order: Order, balance: Points, givenBack: Points, text: Type.String() }),
  },
} satisfies Endpoints

export type MallApi = ApiOf<typeof mall>
