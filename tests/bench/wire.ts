import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Request } from './works.ts'

// Minimal HTTP for a load: a complete client would take processor time from the server that it measures.

interface Answer {
  /** `LOST` when the connection ended first. */
  status: number
  body: string
}

export const LOST = 0

export interface Wire {
  /** One request at a time. Its answer must have a length. */
  ask(request: string): Promise<Answer>
  close(): void
}

// This many can connect at once without overflowing the kernel's queue.
const CONNECT_AT_ONCE = 100

export async function openWires(port: number, count: number): Promise<Wire[]> {
  const sockets: Socket[] = []
  while (sockets.length < count) {
    const some = Array.from({ length: Math.min(CONNECT_AT_ONCE, count - sockets.length) }, () =>
      connect(port, 'localhost'),
    )
    await Promise.all(some.map((socket) => once(socket, 'connect')))
    sockets.push(...some)
  }
  return sockets.map(wireOver)
}

function wireOver(socket: Socket): Wire {
  let read = ''
  let answered: ((answer: Answer) => void) | null = null

  function finish(answer: Answer) {
    const resolve = answered
    answered = null
    read = ''
    resolve?.(answer)
  }

  socket.setNoDelay(true)
  socket.setEncoding('latin1')
  socket.on('data', (text: string) => {
    read += text
    const head = read.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = Number(/content-length: (\d+)/i.exec(read)?.[1] ?? 0)
    if (read.length >= head + 4 + length)
      finish({ status: Number(read.slice(9, 12)), body: Buffer.from(read.slice(head + 4), 'latin1').toString() })
  })
  const lost = () => finish({ status: LOST, body: 'the connection was lost' })
  socket.on('close', lost).on('error', lost)

  return {
    ask: (request) =>
      new Promise((resolve) => {
        answered = resolve
        if (socket.destroyed) lost()
        else socket.write(request)
      }),
    close: () => socket.destroy(),
  }
}

/** A request as it goes over the wire. */
export function textOf({ method, path, headers, body }: Request): string {
  const length = body ? { 'content-length': Buffer.byteLength(String(body)) } : {}
  const lines = Object.entries({ host: 'localhost', ...headers, ...length })
  return `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body ?? ''}`
}
