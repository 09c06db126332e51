import type { Socket } from 'node:net'
import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { RETRY_AFTER_SECONDS } from './limits.ts'

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
  const unheard = openUnheard()
  let closing = false

  http.addHook('onRequest', (request, reply, done) => {
    if (closing) return done(busy)
    if (underWay.size >= MOST_UNDER_WAY && !WATCHERS.has(request.url)) {
      reply.raw.once('finish', () => unheard.add(request.raw.socket))
      return done(busy)
    }
    underWay.add(reply)
    done()
  })
  // Not when the reply has arrived: work for somebody who has left, or who reads slowly, counts until it is done and no longer.
  http.addHook('onSend', (_request, reply, _payload, done) => {
    if (underWay.delete(reply)) unheard.hearNext()
    if (closing) reply.header('connection', 'close')
    done()
  })
  http.addHook('preClose', (done) => {
    closing = true
    done()
  })
  return () => underWay.size
}

/**
 * Connections whose last request was refused. Nothing is read from one of them until there is room again or until the time has passed
 * after which it was told to come back: refusing costs a tenth of serving, so a crowd that asks again at once would leave no time to serve.
 */
function openUnheard() {
  const sockets = new Set<Socket>()
  const hear = (socket: Socket) => {
    if (sockets.delete(socket)) socket.resume()
  }
  return {
    add(socket: Socket) {
      sockets.add(socket.pause())
      setTimeout(hear, RETRY_AFTER_SECONDS * 1000, socket).unref()
    },
    /** Hears whoever has waited longest. */
    hearNext() {
      for (const socket of sockets) return hear(socket)
    },
  }
}
