import Type from 'typebox'
import { Count, Cursor, Done, Id, Instant, Limit, RequestId } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact, Maybe, OneOf, Page } from '../http.ts'

export const messages = {
  'GET /me/messages': {
    for: 'member',
    summary: 'The inbox, newest first',
    query: Exact({ cursor: Maybe(Cursor), limit: Maybe(Limit) }),
    reply: Page(
      Exact({
        messageId: Id,
        kind: Type.String(),
        title: Type.String(),
        body: Type.String(),
        page: Type.String(),
        at: Instant,
        read: Type.Boolean(),
      }),
    ),
  },
  'POST /me/messages/read': {
    for: 'member',
    summary: 'Mark everything up to and with this message as read',
    body: Exact({ upTo: Id }),
    reply: Done,
  },
  'GET /me/message-credits': {
    for: 'member',
    summary: 'How many subscribe messages of each kind may still be sent',
    reply: Exact({ expiry: Count, pickup: Count }),
  },
  'POST /me/message-credits': {
    for: 'member',
    summary: 'Report the answers of wx.requestSubscribeMessage',
    body: Exact({
      answers: Type.Array(
        Exact({
          templateId: Type.String({ minLength: 1, maxLength: 64 }),
          answer: OneOf(
            'accept',
            'acceptWithAudio',
            'acceptWithAlert',
            'acceptWithForcePush',
            'reject',
            'ban',
            'filter',
          ),
        }),
        { minItems: 1, maxItems: 5 },
      ),
      requestId: RequestId,
    }),
    reply: Exact({ expiry: Count, pickup: Count }),
  },
} satisfies Endpoints

export type MessagesApi = ApiOf<typeof messages>
