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
 * Pings a connection every second and drops it when there was no answer for `silenceMs`: a frozen database or a cut line gives no
 * error for hours. Statements under way then fail as lost, and the pool makes a new connection.
 */
export function watch(connection: RawConnection, { silenceMs, silent, isLeft }: Watching): void {
  const { stream } = connection
  // Counted in pings, not by the clock: after a stall of this process the answer may be waiting to be read.
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
  // Callers that wait for an answer get the error; a further error of the dropped connection is ignored.
  connection.on('error', () => {})
}
