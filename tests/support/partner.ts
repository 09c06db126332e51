import { createHash, createHmac } from 'node:crypto'
import { client, requestFor } from '@pointbook/shared/client'
import { type aWorld, fresh, type Speaker, withQuery } from './world.ts'

type World = Awaited<ReturnType<typeof aWorld>>

interface Key {
  keyId: string
  secret: string
}

/** The member as other systems name them. */
export const noOf = (memberId: number) => ({ memberNo: String(memberId).padStart(8, '0') })
export const nowInSeconds = () => String(Math.floor(Date.now() / 1_000))
export const aNonce = () => fresh('nonce-of-a-request').replace(/[^\w-]/g, '')

/** Signed as the API reference says, without the server's own code. */
export function signedHeaders({ keyId, secret }: Key, { method, path, body = '' }: Record<string, string>, told = {}) {
  const { timestamp, nonce } = { timestamp: nowInSeconds(), nonce: aNonce(), ...told }
  const bodyHash = createHash('sha256').update(body).digest('hex')
  const signature = createHmac('sha256', secret)
    .update(`${method}\n${path}\n${timestamp}\n${nonce}\n${bodyHash}`)
    .digest('hex')
  return {
    'x-pointbook-key': keyId,
    'x-pointbook-timestamp': timestamp,
    'x-pointbook-nonce': nonce,
    'x-pointbook-signature': signature,
  }
}

/** Another system, with a key for the stores. */
export async function aPartner(
  world: World,
  storeIds: number[],
  perMinute = 6_000,
  { name = '网店', system }: { name?: string; system?: string } = {},
): Promise<Speaker & Key> {
  const admin = await world.asAdmin()
  const key = await admin.call('POST /admin/api-keys', { name, system, storeIds, perMinute, requestId: fresh() })

  async function send(op: string, input: object | undefined, query = '') {
    const { method, path: plain, body } = requestFor(op, input)
    const path = withQuery(plain, query)
    const payload = body === undefined ? '' : JSON.stringify(body)
    const response = await world.app.http.inject({
      method: method as 'POST',
      url: path,
      headers: {
        ...signedHeaders(key, { method, path, body: payload }),
        ...(payload && { 'content-type': 'application/json' }),
      },
      ...(payload && { payload }),
    })
    return { status: response.statusCode, body: response.json() }
  }

  // A client of the operations that signs its requests.
  return {
    ...key,
    headers: {},
    ask: (op, input, query) => send(op, input ?? {}, query),
    call: client(({ method, path, body }) => send(`${method} ${path}`, body as object)),
  }
}
