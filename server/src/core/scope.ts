import type { Scope } from '@pointbook/shared/contract/earning-rule'
import type { Line } from './earning-event.ts'
import type { Facts } from './facts.ts'

/** The numbers of the lines that a scope covers. */
export type Covers = (facts: Facts) => readonly number[]

export function coversOf(scope: Scope): Covers {
  if (coversAll(scope)) return ({ allLines }) => allLines
  const [wanted, unwanted] = [namesOf(scope.only), namesOf(scope.except)]
  return ({ lines }) => {
    const covered: number[] = []
    for (let at = 0; at < lines.length; at++) {
      const line = lines[at]!
      if ((!wanted || wanted(line)) && !unwanted?.(line)) covered.push(at)
    }
    return covered
  }
}

/** True for a scope that covers every line. */
export const coversAll = ({ only, except }: Scope): boolean => isEmpty(only) && isEmpty(except)

const isEmpty = (list: Scope['only']) => !list.categories.length && !list.brands.length && !list.skus.length

/** Whether a list names a line, by its category, brand or SKU; null for an empty list. */
function namesOf(list: Scope['only']): ((line: Line) => boolean) | null {
  if (isEmpty(list)) return null
  const [categories, brands, skus] = [new Set(list.categories), new Set(list.brands), new Set(list.skus)]
  return ({ category, brand, sku }) =>
    (category !== undefined && categories.has(category)) ||
    (brand !== undefined && brands.has(brand)) ||
    (sku !== undefined && skus.has(sku))
}
