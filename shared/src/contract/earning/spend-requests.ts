import Type from 'typebox'
import { ofActiveMember, ofStore, ofVisit } from '../common-refusals.ts'
import { AmountFen, Count, Id, Points, RequestId, Visit } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, Nullable, OneOf } from '../http.ts'

/** Points of a purchase that a member is asked to spend; `over` when the time to answer, or to use the answer, has passed. */
const SpendRequest = Exact({
  draftId: RequestId,
  points: Points,
  state: OneOf('asked', 'accepted', 'declined', 'used', 'over'),
  secondsLeft: Count,
})

const SomePoints = Type.Integer({ minimum: 1, maximum: 1_000_000_000 })

export const spendRequests = {
  'POST /clerk/spend-requests': {
    for: 'clerk',
    summary: 'Ask the member on their phone whether points may pay a part of the draft',
    body: Exact({ visit: Visit, storeId: Id, draftId: RequestId, points: SomePoints, requestId: RequestId }),
    refusals: [
      ...ofStore,
      ...ofVisit,
      ...ofActiveMember,
      'offset.closed',
      'spend-request.over',
      'spend-request.unknown',
    ],
    reply: SpendRequest,
  },
  'GET /clerk/spend-requests/:draftId': {
    for: 'clerk',
    summary: 'What the member has answered',
    params: Exact({ draftId: RequestId }),
    refusals: ['spend-request.unknown'],
    reply: SpendRequest,
  },
  'GET /me/spend-request': {
    for: 'member',
    summary: 'What a clerk asks me to spend right now',
    reply: Exact({
      request: Nullable(
        Exact({
          draftId: RequestId,
          storeName: Type.String(),
          points: Points,
          worthFen: AmountFen,
          secondsLeft: Count,
        }),
      ),
    }),
  },
  'POST /me/spend-requests/:draftId': {
    for: 'member',
    summary: 'Let the points that I see be spent, or not',
    params: Exact({ draftId: RequestId }),
    body: Exact({
      points: SomePoints,
      /** Their worth as the member saw it; an acceptance is refused when it has changed meanwhile. */
      worthFen: Maybe(AmountFen),
      accept: Type.Boolean(),
      requestId: RequestId,
    }),
    refusals: [...ofActiveMember, 'spend-request.over', 'spend-request.changed'],
    reply: Exact({ state: OneOf('accepted', 'declined') }),
  },
} satisfies Endpoints

export type SpendRequestsApi = ApiOf<typeof spendRequests>
