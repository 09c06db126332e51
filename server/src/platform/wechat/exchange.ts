import { WeChatError } from './errors.ts'

export interface Wire {
  apiUrl: string
  fetch: typeof fetch
  timeoutMs: number
}

export interface Question {
  method: 'GET' | 'POST'
  path: string
  query?: Record<string, string>
  json?: object
}

export interface Answer {
  bytes: Buffer
  path: string
}

// Failures before a byte of the request left this machine.
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** One request and its whole answer; throws `WeChatError` and nothing else. */
export async function exchange(wire: Wire, { method, path, query, json }: Question): Promise<Answer> {
  const url = new URL(wire.apiUrl.replace(/\/$/, '') + path)
  url.search = new URLSearchParams(query).toString()
  try {
    const response = await wire.fetch(url, {
      method,
      signal: AbortSignal.timeout(wire.timeoutMs),
      redirect: 'error',
      ...(json && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) }),
    })
    const bytes = Buffer.from(await response.arrayBuffer())
    if (!response.ok) throw new WeChatError({ path, kind: 'broken-off' })
    return { bytes, path }
  } catch (error) {
    // The original error is dropped on purpose: its text may contain the address with the token.
    throw error instanceof WeChatError ? error : new WeChatError({ path, kind: kindOfBreak(error) })
  }
}

function kindOfBreak(error: unknown) {
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'timed-out'
  const cause = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return neverSent.has(code) ? 'unreachable' : 'broken-off'
}
