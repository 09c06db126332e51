import type { Socket } from 'node:net'
import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { RETRY_AFTER_SECONDS } from './limits.ts'

// Two full batches of the book: while one commits, the next gathers. More would only wait longer for the same throughput.
const MOST_UNDER_WAY = 512
// Who has been called and says nothing so long has nothing to ask.
const SILENT_MS = 200
/** Whoever watches the server must be answered above all when it is busy. */
const WATCHERS = new Set(['/healthz', '/readyz', '/metrics'])
const isWatcher = ({ url }: FastifyRequest) => WATCHERS.has(url)

/**
 * Takes in no more requests at a time than can be answered soon and refuses the others before any work is done for them, so that
 * a crowd makes nobody wait in vain. Once the server closes it takes in none at all. Returns how many are under way.
 */
export function admission(http: FastifyInstance): () => number {
  const busy = new Refusal('server.busy')
  const underWay = new Set<FastifyReply>()
  const line = openLine()
  const free = () => MOST_UNDER_WAY - underWay.size - line.called()
  const isFull = () => underWay.size >= MOST_UNDER_WAY
  const isQuiet = () => underWay.size < MOST_UNDER_WAY / 2
  let closing = false

  http.addHook('onRequest', (request, reply, done) => {
    if (closing) return done(busy)
    const isCalled = line.release(request.raw.socket)
    // Places kept for those who were called stand empty when they have left, so they keep nobody out of a server with little to do.
    const isWelcome = isWatcher(request) || (!isFull() && (isCalled || free() > 0 || isQuiet()))
    if (!isWelcome) {
      line.join(request, reply)
      return done(busy)
    }
    underWay.add(reply)
    done()
  })
  // Not when the reply has arrived: work for somebody who has left, or who reads slowly, counts until it is done and no longer.
  http.addHook('onSend', (request, reply, _payload, done) => {
    if (underWay.delete(reply) && line.waiting() > 0) {
      line.call(free())
      if (!isQuiet() && !isWatcher(request)) line.join(request, reply)
    }
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
 * Connections that were answered while the server was full, served or refused. Nothing more is read from one of them until a place
 * is kept for it or until the time has passed after which whoever is refused may come back. To refuse costs a tenth of serving: a
 * crowd that asks again at once would leave no time for anything else, and whoever was just served would be the first to ask again.
 */
function openLine() {
  const waiting = new Map<Socket, NodeJS.Timeout>()
  const called = new Map<Socket, NodeJS.Timeout>()

  function wait(socket: Socket) {
    clearTimeout(waiting.get(socket))
    waiting.set(socket.pause(), setTimeout(hear, RETRY_AFTER_SECONDS * 1000, socket).unref())
  }
  function hear(socket: Socket) {
    clearTimeout(waiting.get(socket))
    waiting.delete(socket)
    socket.resume()
  }
  function release(socket: Socket): boolean {
    clearTimeout(called.get(socket))
    return called.delete(socket)
  }
  return {
    waiting: () => waiting.size,
    /** How many places are kept for those who have been called. */
    called: () => called.size,
    /** Calls so many of those who have waited longest. */
    call(count: number) {
      let left = count
      for (const socket of waiting.keys()) {
        if (left-- <= 0) return
        called.set(socket, setTimeout(release, SILENT_MS, socket).unref())
        hear(socket)
      }
    },
    /** Keeps no place for it any longer; false when none was kept. */
    release,
    /** Waits from its answer on; Node goes on reading at the end of a reply, for a body that nobody has asked for. */
    join(request: FastifyRequest, reply: FastifyReply) {
      reply.raw.once('close', () => setImmediate(wait, request.raw.socket))
    },
  }
}
