import { dayNumber } from '@pointbook/shared/day'

const DAYS = 7
const WEEKS = 4

/**
 * The backups to remove, by their names: kept are the newest of each of the last seven days with a backup, and of each of the last
 * four weeks with one. Days without a backup do not count, so an outage removes nothing.
 */
export function outlived(names: readonly string[]): string[] {
  const newestFirst = [...names].sort().reverse()
  const days = newestOf(newestFirst, dayIn).slice(0, DAYS)
  const weeks = newestOf(newestFirst, (name) => Math.floor((dayNumber(dayIn(name)) + 3) / 7)).slice(0, WEEKS)
  const kept = new Set([...days, ...weeks])
  return names.filter((name) => !kept.has(name))
}

/** The first of each group. */
function newestOf(names: readonly string[], groupOf: (name: string) => string | number): string[] {
  const groups = new Map<string | number, string>()
  for (const name of names) if (!groups.has(groupOf(name))) groups.set(groupOf(name), name)
  return [...groups.values()]
}

const dayIn = (name: string): string => name.replace(/^pointbook-(\d{4})(\d\d)(\d\d)T.*$/, '$1-$2-$3')
