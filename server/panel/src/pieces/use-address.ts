import { useLocation, useSearchParams } from 'react-router'

/** The number in an address; null for anything else, such as `abc`. */
export function idIn(text: string | undefined): number | null {
  const id = Number(text)
  return /^[1-9]\d*$/.test(text ?? '') && Number.isSafeInteger(id) ? id : null
}

/** Whether a value is one of a list of options. */
export const among = (options: readonly { value: string }[]) => (value: string) =>
  options.some((option) => option.value === value)

/** What the history keeps of a page beside its address. */
interface Kept {
  q?: string
}

const useKept = (): Kept => (useLocation().state as Kept | null) ?? {}

/**
 * Filters are in the address, so that a list can be bookmarked, shared and reached by the back button. A value that is empty or
 * equal to its default is left out; a changed filter starts from the first page again.
 */
export function useAddress<T extends Record<string, string>>(
  defaults: T,
  /** A test of values; an invalid one, as in a truncated address, counts as left out. */
  fits: Partial<Record<keyof T, (value: string) => boolean>> = {},
) {
  const [params, setParams] = useSearchParams()
  const kept = useKept()
  const entryOf = ([name, otherwise]: [string, string]) => {
    const value = params.get(name)
    return [name, value !== null && (fits[name]?.(value) ?? true) ? value : otherwise]
  }
  const values = Object.fromEntries(Object.entries(defaults).map(entryOf)) as T
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
      { replace: true, state: kept },
    )
  return [values, change] as const
}

/**
 * The text that is searched for. It may be a phone number, so it is never in the address, which histories and proxies keep: it
 * belongs to the entry of the session's history, so that the back button and a reload find it. Other filters may change with it.
 */
export function useSearchText() {
  const [, setParams] = useSearchParams()
  const { q = '' } = useKept()
  const search = (text: string, filters: Record<string, string> = {}) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before)
        after.delete('at')
        for (const [name, value] of Object.entries(filters)) after.set(name, value)
        return after
      },
      { replace: true, state: text ? { q: text } : {} },
    )
  return [q, search] as const
}

/**
 * The page of a list with cursors. The address has all previous cursors, so that the previous page can be shown without page
 * numbers on the server.
 */
export function usePages() {
  const [params, setParams] = useSearchParams()
  const kept = useKept()
  const trail = params.get('at')?.split('~') ?? []
  const go = (to: string[]) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before)
        if (to.length) after.set('at', to.join('~'))
        else after.delete('at')
        return after
      },
      { state: kept },
    )
  return {
    cursor: trail.at(-1),
    number: trail.length + 1,
    next: (cursor: string) => go([...trail, cursor]),
    back: () => go(trail.slice(0, -1)),
  }
}
