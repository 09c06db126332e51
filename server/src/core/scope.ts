import type { Scope } from '@pointbook/shared/contract/earning-rule'
import type { Line } from './earning-event.ts'
import type { Facts } from './facts.ts'

/** The numbers of the lines that a scope covers. */
export type Covers = (facts: Facts) => readonly number[]

export function coversOf({ only, except }: Scope): Covers {
  if (coversAll({ only, except })) return ({ allLines }) => allLines
  const all = isEmpty(only)
  return ({ lines }) => {
    const covered: number[] = []
    for (let at = 0; at < lines.length; at++) {
      const line = lines[at]!
      if ((all || names(only, line)) && !names(except, line)) covered.push(at)
    }
    return covered
  }
}

/** True for a scope that covers every line. */
export const coversAll = ({ only, except }: Scope): boolean => isEmpty(only) && isEmpty(except)

const isEmpty = (list: Scope['only']) => !list.categories.length && !list.brands.length && !list.skus.length

const names = (list: Scope['only'], line: Line): boolean =>
  (line.category !== undefined && list.categories.includes(line.category)) ||
  (line.brand !== undefined && list.brands.includes(line.brand)) ||
  (line.sku !== undefined && list.skus.includes(line.sku))
