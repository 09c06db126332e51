import type { FastifyInstance } from 'fastify'

/**
 * The default headers of every answer: it is not cached, its type is not guessed, and a browser that opens it loads nothing else
 * and shows it in no frame.
 */
export const plainHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
}

// One year, as is usual; during that time a browser opens the site only with TLS.
export const HSTS = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }

/** Before all other hooks, so that refusals have the headers too and pages can replace them. */
export function setHeaders(http: FastifyInstance, { isHttps }: { isHttps: boolean }) {
  const headers = Object.entries(isHttps ? { ...plainHeaders, ...HSTS } : plainHeaders)
  http.addHook('onRequest', (_request, reply, done) => {
    // On the raw reply, as helmet does for pages: headers in Fastify's own list would override it.
    for (const [name, value] of headers) reply.raw.setHeader(name, value)
    done()
  })
}
