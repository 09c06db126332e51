import Type from 'typebox'
import { ofNamedMember, ofVisit } from '../common-refusals.ts'
import { CardNo, Count, Id, Instant, RequestId, Visit } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Nullable, OneOf } from '../http.ts'

const CardState = OneOf('blank', 'active', 'lost', 'replaced')

/** The card a member has: a lost one is refused at the till until another replaces it. */
export const Card = Exact({ cardNo: CardNo, state: OneOf('active', 'lost'), issuedAt: Instant })

export const cards = {
  'GET /me/card': {
    for: 'member',
    summary: 'My physical card',
    reply: Exact({ card: Nullable(Card) }),
  },
  'POST /me/card/loss': {
    for: 'member',
    summary: 'Report my card lost; points stay with the member',
    refusals: ['card.none'],
    reply: Card,
  },
  'POST /clerk/cards': {
    for: 'clerk',
    summary: 'Give the member being served a blank card; one they had is replaced by it',
    body: Exact({ visit: Visit, cardNo: CardNo }),
    refusals: [
      ...ofVisit,
      'visit.needs-code',
      'code.guessed',
      'cards.off',
      'card.unknown',
      'card.taken',
      'member.cancelled',
    ],
    reply: Card,
  },
  'POST /clerk/cards/loss': {
    for: 'clerk',
    summary: 'Report the card of the member being served lost',
    body: Exact({ visit: Visit }),
    refusals: [...ofVisit, 'card.none'],
    reply: Card,
  },
  'GET /admin/members/:memberId/cards': {
    for: 'admin',
    permission: 'members.read',
    confined: true,
    summary: 'The cards a member has and had, the present one first',
    params: Exact({ memberId: Id }),
    reply: Exact({
      rows: Type.Array(
        Exact({
          cardNo: CardNo,
          state: CardState,
          issuedAt: Instant,
          issuedBy: Type.String(),
          endedAt: Nullable(Instant),
        }),
      ),
    }),
  },
  'POST /admin/members/:memberId/cards': {
    for: 'admin',
    permission: 'members.edit',
    summary: 'Give a member a blank card; one they had is replaced by it',
    params: Exact({ memberId: Id }),
    body: Exact({ cardNo: CardNo }),
    refusals: [...ofNamedMember, 'cards.off', 'card.unknown', 'card.taken'],
    reply: Card,
  },
  'POST /admin/members/:memberId/cards/loss': {
    for: 'admin',
    permission: 'members.edit',
    summary: "Report a member's card lost, or found again",
    params: Exact({ memberId: Id }),
    body: Exact({ lost: Type.Boolean() }),
    refusals: ['member.unknown', 'card.none'],
    reply: Card,
  },
  'GET /admin/card-batches': {
    for: 'admin',
    permission: 'settings.edit',
    summary: 'Batches of card numbers, the newest first, and how many of each are still blank',
    reply: Exact({
      rows: Type.Array(Exact({ batchId: Id, cards: Count, blank: Count, madeAt: Instant, madeBy: Type.String() })),
    }),
  },
  'POST /admin/card-batches': {
    for: 'admin',
    permission: 'settings.edit',
    summary: 'Make card numbers for the printer',
    body: Exact({ cards: Type.Integer({ minimum: 1, maximum: 5_000 }), requestId: RequestId }),
    reply: Exact({ batchId: Id }),
  },
  'GET /admin/card-batches/:batchId': {
    for: 'admin',
    permission: 'settings.edit',
    summary: 'The card numbers of a batch',
    params: Exact({ batchId: Id }),
    refusals: ['card.unknown'],
    reply: Exact({ cardNos: Type.Array(CardNo) }),
  },
} satisfies Endpoints

export type CardsApi = ApiOf<typeof cards>
