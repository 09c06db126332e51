import type { FastifyInstance } from 'fastify'

/**
 * What every answer says unless its route says otherwise: nobody keeps a copy, it is of no other type than it names, and a browser
 * that opens it loads nothing and shows it in no frame.
 */
export const plainHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
}

// A year, as is usual; a browser that has seen the site once does not ask for it without TLS again.
const HSTS = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }

/** Before all other hooks, so that refusals carry the headers too and a page may replace them by its own. */
export function setHeaders(http: FastifyInstance, { isHttps }: { isHttps: boolean }) {
  const headers = Object.entries(isHttps ? { ...plainHeaders, ...HSTS } : plainHeaders)
  http.addHook('onRequest', (_request, reply, done) => {
    // On the raw reply, as helmet does for pages: what stands in Fastify's own list would win over it.
    for (const [name, value] of headers) reply.raw.setHeader(name, value)
    done()
  })
}
