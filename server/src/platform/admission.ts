import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyInstance, FastifyReply } from 'fastify'

// Two full batches of the book: while one commits, the next gathers. More would only wait longer for the same throughput.
const MOST_UNDER_WAY = 512
/** Whoever watches the server must be answered above all when it is busy. */
const WATCHERS = new Set(['/healthz', '/readyz', '/metrics'])

/**
 * Takes in no more requests at a time than can be answered soon and refuses the others before any work is done for them, so that
 * a crowd makes nobody wait in vain. Once the server closes it takes in none at all. Returns how many are under way.
 */
export function admission(http: FastifyInstance): () => number {
  const busy = new Refusal('server.busy')
  const underWay = new Set<FastifyReply>()
  let closing = false

  http.addHook('onRequest', (request, reply, done) => {
    if (closing || (underWay.size >= MOST_UNDER_WAY && !WATCHERS.has(request.url))) return done(busy)
    underWay.add(reply)
    done()
  })
  // Not when the reply has arrived: work for somebody who has left, or who reads slowly, counts until it is done and no longer.
  http.addHook('onSend', (_request, reply, _payload, done) => {
    underWay.delete(reply)
    if (closing) reply.header('connection', 'close')
    done()
  })
  http.addHook('preClose', (done) => {
    closing = true
    done()
  })
  return () => underWay.size
}
