import { createHmac, timingSafeEqual } from 'node:crypto'
import { Readable } from 'node:stream'
import { Refusal } from '@pointbook/shared/refusals'
import type { preParsingAsyncHookHandler } from 'fastify'
import { sha256 } from './secrets.ts'

export interface Signed {
  method: string
  /** With the query, as it stands in the request. */
  path: string
  /** Seconds since 1970. */
  timestamp: string
  nonce: string
  body: string | Buffer
}

/** HMAC-SHA256 over five lines, in hex. */
export const signatureOf = (secret: string, { method, path, timestamp, nonce, body }: Signed): string =>
  createHmac('sha256', secret)
    .update([method, path, timestamp, nonce, sha256(body)].join('\n'))
    .digest('hex')

export function isSignature(secret: string, signed: Signed, signature: string): boolean {
  const [wanted, actual] = [Buffer.from(signatureOf(secret, signed)), Buffer.from(signature)]
  return wanted.length === actual.length && timingSafeEqual(wanted, actual)
}

/** Reads the body as it came, lets the caller's proof look at its bytes, and hands these on to the parser. */
export const proveBody: preParsingAsyncHookHandler = async (request, _reply, payload) => {
  const bytes = request.method === 'GET' ? Buffer.alloc(0) : await readAll(payload, request.routeOptions.bodyLimit)
  await request.proveBody!(bytes)
  return Readable.from(bytes.length > 0 ? [bytes] : [])
}

async function readAll(payload: AsyncIterable<Buffer>, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of payload) {
    length += chunk.length
    if (length > mostBytes) throw new Refusal('input.too-large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

declare module 'fastify' {
  interface FastifyRequest {
    /** For a signed request: throws unless the signature covers this body. Set once the caller's key is known. */
    proveBody?: (body: Buffer) => Promise<void>
  }
}

const example = {
  method: 'POST',
  path: '/open/events',
  timestamp: '1772424000',
  nonce: '5f0c6b1e9a7d4c32',
  body: '{"eventId":"Q-20260302-1","type":"activity","code":"questionnaire","member":{"memberNo":"10000001"}}',
}
const EXAMPLE_SECRET = 'this-secret-is-only-an-example'

/** The description of signing, for the API reference. */
export const signingGuide = `Operations for the shop's own systems and its partners. Every request is signed with a key made in the panel (开放接口).

Four headers: \`x-pointbook-key\` (the key id), \`x-pointbook-timestamp\` (seconds since 1970, at most 5 minutes off),
\`x-pointbook-nonce\` (16 to 64 letters and digits, new for each request) and \`x-pointbook-signature\`.

The signature is HMAC-SHA256 in lower-case hex, keyed by the secret, over five lines joined by a line feed: method, path with its query,
timestamp, nonce, and the SHA-256 of the body in lower-case hex (of the empty text where there is no body).

A request may be sent again after a lost connection, with a new nonce: receipts, event ids and request ids make sure it counts once.
For each key so many requests a minute are allowed; beyond that the answer is 429.

Example. With the secret \`${EXAMPLE_SECRET}\` and the body

\`\`\`
${example.body}
\`\`\`

the signed text is

\`\`\`
${example.method}
${example.path}
${example.timestamp}
${example.nonce}
${sha256(example.body)}
\`\`\`

and \`x-pointbook-signature\` is

\`\`\`
${signatureOf(EXAMPLE_SECRET, example)}
\`\`\`
`
