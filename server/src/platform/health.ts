import type { FastifyInstance } from 'fastify'
import type { Pool } from 'mysql2/promise'
import { SIGN_OF_LIFE } from './database/watch.ts'

/** `/healthz`: the process lives. `/readyz`: it can reach its database. */
export function healthRoutes(http: FastifyInstance, pool: Pool) {
  http.get('/healthz', { schema: { hide: true } }, async () => ({ ok: true }))
  http.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    try {
      await pool.query(SIGN_OF_LIFE)
      return { ok: true }
    } catch {
      return reply.code(503).send({ ok: false })
    }
  })
}
