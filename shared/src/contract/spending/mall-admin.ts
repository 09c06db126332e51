import Type from 'typebox'
import { ofPicture } from '../common-refusals.ts'
import {
  AmountFen,
  Count,
  Cursor,
  Id,
  Limit,
  Name,
  OrderNo,
  PictureData,
  PictureUrl,
  Points,
  Reason,
  RequestId,
  Revision,
  ScannedCode,
  Search,
  Text,
} from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable, Page } from '../http.ts'
import { Order, OrderState } from './mall.ts'

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
  /** Covers the fields that the merchant edits, not the stock, which changes with every redemption. */
  revision: Revision,
})

const itemInput = {
  name: Name(40),
  category: Name(20),
  pictureUrl: PictureUrl,
  points: Type.Integer({ minimum: 1, maximum: 100_000_000 }),
  worthFen: AmountFen,
  description: Text(1000),
  instructions: Text(1000),
  limitPerMember: Nullable(Type.Integer({ minimum: 1, maximum: 9_999 })),
  listed: Type.Boolean(),
  position: Type.Integer({ minimum: 0, maximum: 100_000 }),
}

export const mallAdmin = {
  'GET /admin/items': {
    for: 'admin',
    permission: 'mall.read',
    summary: 'All mall items, listed or not',
    reply: Exact({ rows: Type.Array(Item) }),
  },
  'POST /admin/items': {
    for: 'admin',
    permission: 'mall.edit',
    summary: 'Add an item to the mall',
    body: Exact({ ...itemInput, stock: Count, requestId: RequestId }),
    refusals: ['picture.unknown', 'item.taken'],
    reply: Item,
  },
  'PATCH /admin/items/:itemId': {
    for: 'admin',
    permission: 'mall.edit',
    summary: 'Change an item; stock has an operation of its own',
    params: Exact({ itemId: Id }),
    body: Exact({ ...Type.Partial(Exact(itemInput)).properties, revision: Revision }),
    refusals: ['item.unknown', 'picture.unknown', 'edit.outdated'],
    reply: Item,
  },
  'POST /admin/items/:itemId/stock': {
    for: 'admin',
    permission: 'mall.edit',
    summary: 'Add to the stock or take from it, never below zero',
    params: Exact({ itemId: Id }),
    body: Exact({
      delta: Type.Integer({ minimum: -1_000_000, maximum: 1_000_000 }),
      /** The resulting stock that the merchant confirmed; refused when it has changed meanwhile. */
      stock: Maybe(Count),
      reason: Reason,
      requestId: RequestId,
    }),
    refusals: ['item.unknown', 'stock.below-zero', 'stock.too-many', 'stock.changed'],
    reply: Exact({ stock: Count }),
  },
  'POST /admin/pictures': {
    for: 'admin',
    permission: 'mall.edit',
    large: true,
    summary: 'Upload a picture for an item',
    body: Exact({ picture: PictureData }),
    refusals: [...ofPicture],
    reply: Exact({ pictureUrl: PictureUrl }),
  },
  'POST /admin/redemptions/search': {
    for: 'admin',
    permission: 'orders.read',
    confined: true,
    summary: 'Orders by state, pick-up code or member',
    body: Exact({ state: Maybe(OrderState), q: Maybe(Search(40)), cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Exact({
      rows: Type.Array(Exact({ ...Order.properties, memberId: Id, nickname: Type.String() })),
      next: Nullable(Type.String()),
      total: Count,
    }),
  },
  'POST /admin/redemptions/:orderNo/cancel': {
    for: 'admin',
    permission: 'orders.handle',
    confined: true,
    summary: 'Cancel an order for the member, with a reason',
    params: Exact({ orderNo: OrderNo }),
    body: Exact({ reason: Reason, requestId: RequestId }),
    refusals: [
      'order.unknown',
      'order.handed-over',
      'order.cancelled',
      'member.unknown',
      'member.merged',
      'points.too-many',
    ],
    reply: Order,
  },
  'POST /admin/redemptions/:orderNo/hand-over': {
    for: 'admin',
    permission: 'orders.handle',
    confined: true,
    summary: 'Mark an order as handed over',
    params: Exact({ orderNo: OrderNo }),
    body: Exact({ code: ScannedCode, requestId: RequestId }),
    refusals: ['order.unknown', 'order.handed-over', 'order.cancelled', 'code.unknown'],
    reply: Order,
  },
  'GET /admin/members/:memberId/redemptions': {
    for: 'admin',
    permission: 'members.read',
    confined: true,
    summary: "A member's orders",
    params: Exact({ memberId: Id }),
    query: Exact({ cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    refusals: ['member.unknown'],
    reply: Page(Order),
  },
} satisfies Endpoints

export type MallAdminApi = ApiOf<typeof mallAdmin>
