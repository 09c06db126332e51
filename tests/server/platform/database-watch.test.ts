import { EventEmitter } from 'node:events'
import { type RawConnection, watch } from '@pointbook/server/platform/database/watch'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

const SILENCE_MS = 5_000

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A connection that is answered when the test says so. */
function aConnection() {
  const stream = Object.assign(new EventEmitter(), { destroy: vi.fn() })
  const waiting: ((error: Error | null) => void)[] = []
  const raw = {
    stream,
    query: (_sql: string, done: (error: Error | null) => void) => void waiting.push(done),
    on: () => {},
  }
  return {
    raw: raw as unknown as RawConnection,
    stream,
    answer: () => waiting.shift()?.(null),
    asked: () => waiting.length,
  }
}

function watched() {
  const connection = aConnection()
  const silent = vi.fn()
  watch(connection.raw, { silenceMs: SILENCE_MS, silent, isLeft: () => false })
  return { ...connection, silent }
}

it('drops a connection on which the database is silent', () => {
  const { stream, silent } = watched()
  vi.advanceTimersByTime(SILENCE_MS + 1_000)
  expect(stream.destroy).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1_000)
  expect(silent).toHaveBeenCalledOnce()
  expect(stream.destroy).toHaveBeenCalledOnce()
})

it('does not treat late timers of this process as silence of the database (FD14)', () => {
  const { stream, answer, asked } = watched()
  vi.advanceTimersByTime(1_000)
  expect(asked()).toBe(1)
  const later = performance.now() + 60_000
  vi.spyOn(performance, 'now').mockReturnValue(later)
  vi.advanceTimersByTime(1_000)
  expect(stream.destroy).not.toHaveBeenCalled()
  answer()
  vi.advanceTimersByTime(1_000)
  expect([asked(), stream.destroy.mock.calls.length]).toEqual([1, 0])
})
