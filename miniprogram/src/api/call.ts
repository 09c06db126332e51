import { type Call, client, type Send } from '@pointbook/shared/client'
import { accessToken, renew } from '../session/session'
import { sendAs } from './wire'

const send: Send = async (request) => {
  const answer = await sendAs(accessToken())(request)
  if (answer.status !== 401 || !isSessionOver(answer.body)) return answer
  // Without a session public operations still work; the others are refused.
  await renew()
  return sendAs(accessToken())(request)
}

/** Calls our server with the present session. Throws `Refused` for a refusal, another error when no answer came. */
export const call: Call = client(send)

function isSessionOver(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'code' in body && String(body.code).startsWith('session.')
}
