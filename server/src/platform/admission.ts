import type { Socket } from 'node:net'
import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { RETRY_AFTER_SECONDS } from './limits.ts'

// Two full batches of the book: while one commits, the next one collects. A higher limit would only lengthen the wait at the same
// throughput.
const MOST_UNDER_WAY = 512
// A connection with a reserved place that sends nothing for this long loses it.
const SILENT_MS = 200
/** Monitoring must be answered especially when the server is busy. */
const WATCHERS = new Set(['/healthz', '/readyz', '/metrics'])
const isWatcher = ({ url }: FastifyRequest) => WATCHERS.has(url)

/**
 * Limits the requests under way to those that can be answered soon, and refuses the others before any work is done for them.
 * While the server closes it refuses all. Returns the number of requests under way.
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
    // Reserved places may stay empty because the clients have left, so they do not count while the server has little to do.
    const isWelcome = isWatcher(request) || (!isFull() && (isCalled || free() > 0 || isQuiet()))
    if (!isWelcome) {
      line.join(request, reply)
      return done(busy)
    }
    underWay.add(reply)
    done()
  })
  // Counts until the work is done, not until the reply has arrived: the client may have left or may read slowly.
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
 * Connections that were answered while the server was full. Nothing more is read from them until a place is reserved or the retry
 * time has passed. A refusal costs a tenth of an answer: clients that repeat their requests at once would otherwise take all the
 * time, and those just served would come first again.
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
    /** The number of reserved places. */
    called: () => called.size,
    /** Reserves places for the connections that have waited longest. */
    call(count: number) {
      let left = count
      for (const socket of waiting.keys()) {
        if (left-- <= 0) return
        called.set(socket, setTimeout(release, SILENT_MS, socket).unref())
        hear(socket)
      }
    },
    /** Gives up its reserved place; false when it had none. */
    release,
    /** Pauses the connection after its answer. Node would otherwise resume reading at the end of a reply. */
    join(request: FastifyRequest, reply: FastifyReply) {
      reply.raw.once('close', () => setImmediate(wait, request.raw.socket))
    },
  }
}
