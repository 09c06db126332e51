import { addMonths } from '@pointbook/shared/day'

/** Every month from the first of these to the last, including empty ones, up to a limit. */
export function everyMonth<M extends { month: string }, Empty>(
  months: readonly M[],
  empty: (month: string) => Empty,
  most = Number.POSITIVE_INFINITY,
): (M | Empty)[] {
  const [first, last] = [months[0]?.month, months.at(-1)?.month]
  if (!first || !last) return []
  const all: (M | Empty)[] = []
  for (let month = first; month <= last && all.length < most; month = next(month))
    all.push(months.find((one) => one.month === month) ?? empty(month))
  return all
}

const next = (month: string) => addMonths(`${month}-01`, 1).slice(0, 7)
