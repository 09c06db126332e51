import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'

/**
 * Filters live in the address, so that a list can be bookmarked, sent to a colleague and found again by going back.
 * A value equal to its default, or empty, is left out.
 */
export function useAddress<T extends Record<string, string>>(defaults: T) {
  const [params, setParams] = useSearchParams()
  const values = useMemo(
    () => Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, params.get(name) ?? value])) as T,
    [params, defaults],
  )
  const change = useCallback(
    (changes: Partial<T>) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before)
          for (const [name, value] of Object.entries(changes)) {
            if (value && value !== defaults[name]) after.set(name, value)
            else after.delete(name)
          }
          return after
        },
        { replace: true },
      ),
    [setParams, defaults],
  )
  return [values, change] as const
}
