import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** `slow` delays traffic; `cut` blocks it without an error, permanently on the present connections. */
type State = 'open' | 'slow' | 'cut'

/** The wire between a server and its database. */
export interface Wire {
  port: number
  turn(state: State): void
  /** Ends every connection by a reset, each in the middle of the next packet that passes. */
  tear(): void
  close(): void
}

interface Pair {
  ends: [Socket, Socket]
  cut: boolean
  torn: boolean
}

const SLOW_MS = 200

export async function openWire(targetPort: number): Promise<Wire> {
  let state: State = 'open'
  const pairs = new Set<Pair>()
  const server = createServer((near) => {
    const pair: Pair = { ends: [near, connect(targetPort, '127.0.0.1')], cut: false, torn: false }
    const [, far] = pair.ends
    pairs.add(pair)
    pass(pair, near, far)
    pass(pair, far, near)
  })

  function pass(pair: Pair, from: Socket, to: Socket) {
    const isCut = () => {
      pair.cut ||= state === 'cut'
      return pair.cut
    }
    let before = Promise.resolve()
    from.setNoDelay(true)
    from.on('data', (bytes) => {
      if (isCut()) return
      if (pair.torn) return tearApart(pair, to, bytes)
      if (state === 'slow') before = before.then(() => sleep(SLOW_MS))
      before = before.then(() => void (isCut() || to.destroyed || to.write(bytes)))
    })
    from.on('error', () => {})
    from.on('close', () => {
      if (isCut()) return
      pairs.delete(pair)
      before.then(() => to.destroy())
    })
  }

  function tearApart(pair: Pair, to: Socket, bytes: Buffer) {
    pairs.delete(pair)
    to.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => {
      for (const end of pair.ends) end.resetAndDestroy()
    })
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    turn: (to) => {
      state = to
    },
    tear: () => {
      for (const pair of pairs) pair.torn = true
    },
    close: () => {
      server.close()
      for (const { ends } of pairs) for (const end of ends) end.destroy()
    },
  }
}
