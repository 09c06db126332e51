import { useEffect, useRef, useState } from 'react'
import { type Problem, problemOf } from './problem'

const pauseMs = 350

interface Preview<T> {
  /** Returns only the answer to the present input, never to an earlier one. */
  answer: T | undefined
  problem: Problem | null
  again(): void
}

/**
 * Requests a preview of an action while it is being typed, once `about` has not changed for a moment. No request while `ask` is
 * null.
 */
export function usePreview<T>(ask: (() => Promise<T>) | null, about: string): Preview<T> {
  const [result, setResult] = useState<{ about: string; answer?: T; problem?: Problem }>({ about: '' })
  const [tries, setTries] = useState(0)
  const current = useRef(ask)
  current.current = ask
  const asks = ask !== null

  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` asks once more for the same
  useEffect(() => {
    if (!asks) return
    let stale = false
    const timer = setTimeout(async () => {
      const next = await current.current?.().then(
        (answer) => ({ about, answer }),
        (error) => ({ about, problem: problemOf(error) }),
      )
      if (!stale && next) setResult(next)
    }, pauseMs)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [asks, about, tries])

  const isNow = asks && result.about === about
  return {
    answer: isNow ? result.answer : undefined,
    problem: (isNow && result.problem) || null,
    again: () => {
      setResult({ about: '' })
      setTries(tries + 1)
    },
  }
}
