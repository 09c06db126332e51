import Type from 'typebox'
import { Instant } from '../fields.ts'
import { type ApiOf, type Endpoints, Exact } from '../http.ts'

export const codes = {
  'GET /me/code': {
    for: 'member',
    summary: 'A member code for the till: signed, short-lived, good for one scan',
    /** The seconds are counted from the answer: the phone's own clock may be wrong. */
    reply: Exact({
      code: Type.String(),
      expiresAt: Instant,
      refreshAfterSeconds: Type.Integer(),
      expiresAfterSeconds: Type.Integer(),
    }),
  },
} satisfies Endpoints

export type CodesApi = ApiOf<typeof codes>
