import type { Socket } from 'node:net'
import { SIGN_OF_LIFE } from './probes.ts'

/** The driver's own connection, as its pool hands it out. */
export interface RawConnection {
  stream: Socket
  query(sql: string, done: (error: Error | null) => void): void
  on(event: 'error', listener: () => void): void
}

interface Watching {
  silenceMs: number
  /** Called when the database was silent for so long. */
  silent(): void
  /** True when others have left the node of this connection. */
  isLeft(): boolean
}

const BEAT_MS = 1_000

/**
 * Asks a connection for a sign of life every second, and drops it when none has come for `silenceMs`: over a frozen database or
 * a cut line there is not even an error, for hours. What was under way then fails as lost, and the pool makes a new connection.
 */
export function watch(connection: RawConnection, { silenceMs, silent, isLeft }: Watching): void {
  const { stream } = connection
  // Counted in beats, not by the clock: while this process stands still, the answer may be waiting to be read.
  let silentMs = 0
  let asked = false
  const beat = setInterval(() => {
    if (asked) {
      silentMs += BEAT_MS
      if (silentMs <= silenceMs) return
      silent()
      stream.destroy()
      return
    }
    asked = true
    connection.query(SIGN_OF_LIFE, (error) => {
      asked = false
      silentMs = 0
      if (error || isLeft()) stream.destroy()
    })
  }, BEAT_MS)
  beat.unref()
  stream.once('close', () => clearInterval(beat))
  // Whoever waits for an answer is told; a connection that fails once more while it is being dropped concerns nobody.
  connection.on('error', () => {})
}
