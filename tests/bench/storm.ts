import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Dispatcher } from 'undici'
import { type Shop, works } from './works.ts'

export interface StormOrder {
  port: number
  connections: number
  seconds: number
  /** How long who was refused waits before asking again, ms. */
  pauseMs: number
  shop: Shop
  from: number
}

export interface Stormed {
  acceptedPerSecond: number
  refusedPerSecond: number
  acceptedP99Ms: number
  refusedP99Ms: number
  /** Requests made, whether accepted or not. */
  made: number
  failed: number
  firstFailure: string
}

// A crowd gathers within moments, but nobody arrives in the very same millisecond.
const ARRIVE_WITHIN_MS = 1_000
const LOST = 0

interface Answer {
  status: number
  text: string
}

// The storm's own process. It writes and reads bare sockets: a proper client would take the processor from the server it overwhelms.
process.on('message', async (order: StormOrder) => process.send!(await storm(order)))

async function storm({ port, connections, seconds, pauseMs, shop, from }: StormOrder): Promise<Stormed> {
  const next = works.earn!.requests(shop, from)
  const acceptedMs: number[] = []
  const refusedMs: number[] = []
  let made = 0
  let failed = 0
  let firstFailure = ''
  let end = Number.POSITIVE_INFINITY

  const another = () => {
    made++
    return textOf(next()!)
  }

  async function client(socket: Socket) {
    await sleep(Math.random() * ARRIVE_WITHIN_MS)
    for (let request = another(); performance.now() < end; ) {
      const started = performance.now()
      const { status, text } = await ask(socket, request)
      const tookMs = performance.now() - started
      // Who is refused sends the same purchase again, as a till does.
      if (status === 503) {
        refusedMs.push(tookMs)
        await sleep(pauseMs * (0.5 + Math.random()))
        continue
      }
      if (status === 200) acceptedMs.push(tookMs)
      else {
        failed++
        firstFailure ||= `${status} ${text.slice(0, 200)}`
      }
      if (status === LOST) return
      request = another()
    }
    socket.destroy()
  }

  const sockets = await openSockets(port, connections)
  const begun = performance.now()
  end = begun + seconds * 1000
  await Promise.all(sockets.map(client))
  const tookSeconds = (performance.now() - begun) / 1000
  return {
    acceptedPerSecond: acceptedMs.length / tookSeconds,
    refusedPerSecond: refusedMs.length / tookSeconds,
    acceptedP99Ms: p99(acceptedMs),
    refusedP99Ms: p99(refusedMs),
    made,
    failed,
    firstFailure,
  }
}

async function openSockets(port: number, count: number): Promise<Socket[]> {
  const sockets: Socket[] = []
  while (sockets.length < count) {
    const some = Array.from({ length: Math.min(100, count - sockets.length) }, () => connect(port, 'localhost'))
    await Promise.all(some.map((socket) => once(socket, 'connect')))
    sockets.push(...some)
  }
  return sockets
}

function textOf({ method, path, headers, body }: Dispatcher.RequestOptions): string {
  const lines = Object.entries({ host: 'localhost', ...headers, 'content-length': Buffer.byteLength(String(body)) })
  return `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`
}

/** Writes one request and reads its answer, which must have a length. */
function ask(socket: Socket, request: string): Promise<Answer> {
  return new Promise((resolve) => {
    let read = ''
    const finish = (answer: Answer) => {
      socket.off('data', hear).off('close', lost).off('error', lost)
      resolve(answer)
    }
    const hear = (chunk: Buffer) => {
      read += chunk.toString('latin1')
      const head = read.indexOf('\r\n\r\n')
      if (head < 0) return
      const length = Number(/content-length: (\d+)/i.exec(read)?.[1] ?? 0)
      if (read.length >= head + 4 + length) finish({ status: Number(read.slice(9, 12)), text: read.slice(head + 4) })
    }
    const lost = () => finish({ status: LOST, text: 'the connection was lost' })
    socket.on('data', hear).on('close', lost).on('error', lost)
    socket.write(request)
  })
}

const p99 = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? 0
