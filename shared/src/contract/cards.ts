import { CardNo, Instant, Visit } from './fields.ts'
import { type ApiOf, type Endpoints, Exact, Nullable, OneOf } from './http.ts'

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
    reply: Card,
  },
  'POST /clerk/cards': {
    for: 'clerk',
    summary: 'Give the member being served a blank card; one they had is replaced by it',
    body: Exact({ visit: Visit, cardNo: CardNo }),
    reply: Card,
  },
  'POST /clerk/cards/loss': {
    for: 'clerk',
    summary: 'Report the card of the member being served lost',
    body: Exact({ visit: Visit }),
    reply: Card,
  },
} satisfies Endpoints

export type CardsApi = ApiOf<typeof cards>
