import type { Scope } from '@pointbook/shared/contract/points/earning-rule'
import { nameKey } from '@pointbook/shared/text'
import type { Line } from './event.ts'
import type { Facts } from './facts.ts'

/** The numbers of the lines that a scope covers. */
export type Covers = (facts: Facts) => readonly number[]

/** Null for a scope that covers every line. */
export function coversOf(scope: Scope): Covers | null {
  if (coversAll(scope)) return null
  const [wanted, unwanted] = [namesOf(scope.only), namesOf(scope.except)]
  return ({ lines, allLines }) => {
    const covered: number[] = []
    for (let at = 0; at < lines.length; at++) {
      const line = lines[at]!
      if ((!wanted || wanted(line)) && !unwanted?.(line)) covered.push(at)
    }
    return covered.length === lines.length ? allLines : covered
  }
}

/** True for a scope that covers every line. */
export const coversAll = ({ only, except }: Scope): boolean => isEmpty(only) && isEmpty(except)

const isEmpty = (list: Scope['only']) => !list.categories.length && !list.brands.length && !list.skus.length

/** Whether a list names a line, by its category, brand or SKU; null for an empty list. */
function namesOf({ categories, brands, skus }: Scope['only']): ((line: Line) => boolean) | null {
  const tests: ((line: Line) => boolean)[] = []
  if (categories.length > 0) tests.push(among(categories, ({ category }) => category))
  if (brands.length > 0) tests.push(among(brands, ({ brand }) => brand))
  if (skus.length > 0) tests.push(among(skus, ({ sku }) => sku))
  if (tests.length < 2) return tests[0] ?? null
  return (line) => tests.some((test) => test(line))
}

function among(list: readonly string[], nameOf: (line: Line) => string | undefined): (line: Line) => boolean {
  const names = new Set(list.map(nameKey))
  return (line) => {
    const name = nameOf(line)
    return name !== undefined && names.has(nameKey(name))
  }
}
