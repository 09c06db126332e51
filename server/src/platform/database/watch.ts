import type { Socket } from 'node:net'

/** The driver's own connection, as its pool hands it to listeners. */
export interface RawConnection {
  stream: Socket
  query(sql: string, done: (error: Error | null) => void): void
  on(event: 'error', listener: () => void): void
}

const BEAT_MS = 1_000
// A node that has lost its cluster still answers, but reads no table any more.
export const SIGN_OF_LIFE = 'SELECT 1 FROM settings LIMIT 1'

/**
 * Asks a connection for a sign of life every second, and drops it when none has come for `silenceMs`: over a frozen database or
 * a cut line there is not even an error, for hours. What was under way then fails as lost, and the pool makes a new connection.
 */
export function watch(connection: RawConnection, silenceMs: number): void {
  const { stream } = connection
  let askedMs = 0
  const beat = setInterval(() => {
    if (askedMs > 0 && performance.now() - askedMs > silenceMs) stream.destroy()
    if (askedMs > 0) return
    askedMs = performance.now()
    connection.query(SIGN_OF_LIFE, (error) => {
      askedMs = 0
      if (error) stream.destroy()
    })
  }, BEAT_MS)
  beat.unref()
  stream.once('close', () => clearInterval(beat))
  // Whoever waits for an answer is told; a connection that fails once more while it is being dropped concerns nobody.
  connection.on('error', () => {})
}
