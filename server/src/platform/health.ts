import type { FastifyInstance } from 'fastify'
import type { Pool } from 'mysql2/promise'
import { codeForLog } from './database/failures.ts'
import { WRITE_NOTHING } from './database/probes.ts'
import { sparseLog } from './database/sparse-log.ts'

/** `/healthz`: the process lives. `/readyz`: it reaches its database, which takes writes. */
export function healthRoutes(http: FastifyInstance, pool: Pool) {
  const log = sparseLog(http.log)
  http.get('/healthz', { schema: { hide: true } }, async () => ({ ok: true }))
  http.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    try {
      await pool.query(WRITE_NOTHING)
      return { ok: true }
    } catch (error) {
      log.warn({ code: codeForLog(error) }, 'not ready')
      return reply.code(503).send({ ok: false })
    }
  })
}
