import { useSearchParams } from 'react-router'

/**
 * Filters live in the address, so that a list can be bookmarked, sent to a colleague and found again by going back.
 * A value that is empty or equal to its default is left out; a changed filter starts from the first page again.
 */
export function useAddress<T extends Record<string, string>>(defaults: T) {
  const [params, setParams] = useSearchParams()
  const values = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, params.get(name) ?? value]),
  ) as T
  const change = (changes: Partial<T>) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before)
        after.delete('at')
        for (const [name, value] of Object.entries(changes)) {
          if (value && value !== defaults[name]) after.set(name, value)
          else after.delete(name)
        }
        return after
      },
      { replace: true },
    )
  return [values, change] as const
}

/**
 * The page of a list that is read on by cursors. The address keeps the trail of cursors, so that the page before can be
 * had without the server knowing page numbers.
 */
export function usePages() {
  const [params, setParams] = useSearchParams()
  const trail = params.get('at')?.split('~') ?? []
  const go = (to: string[]) =>
    setParams((before) => {
      const after = new URLSearchParams(before)
      if (to.length) after.set('at', to.join('~'))
      else after.delete('at')
      return after
    })
  return {
    cursor: trail.at(-1),
    number: trail.length + 1,
    next: (cursor: string) => go([...trail, cursor]),
    back: () => go(trail.slice(0, -1)),
  }
}
