import { costOf, leftOf, oddReturn } from '@pointbook/shared/returning'
import { useState } from 'react'
import type { Reply } from '../../../api/call.ts'

type Purchase = Reply<'GET /admin/members/:memberId/purchases'>['rows'][number]
type Line = Purchase['lines'][number]

/** The return of a line in the fields: null for an empty field, NaN for an invalid number. */
interface Chosen {
  quantity: number | null
  yuan: number | null
}

export type Back = ReturnType<typeof useBack>

/**
 * The goods to return. Choosing pieces proposes their share of the remaining money; an amount without pieces is a price
 * reduction.
 */
export function useBack({ lines }: Purchase) {
  const [chosen, setChosen] = useState<Record<number, Chosen>>({})
  const of = ({ line }: Line): Chosen => chosen[line] ?? { quantity: null, yuan: null }
  const set = (line: Line, part: Partial<Chosen>) =>
    setChosen((before) => ({ ...before, [line.line]: { ...of(line), ...part } }))
  const oddText = (line: Line): string => {
    const { quantity, amountFen } = figures(of(line))
    return Number.isNaN(quantity + amountFen) ? '' : oddReturn(line, quantity, amountFen)
  }
  const returned = lines
    .map((line) => ({ line: line.line, ...figures(of(line)) }))
    .filter(({ quantity, amountFen }) => quantity !== 0 || amountFen !== 0)
  return {
    of,
    oddText,
    returned,
    left: lines.filter(canComeBack),
    isReady:
      returned.length > 0 &&
      !lines.some(oddText) &&
      returned.every(({ quantity, amountFen }) => !Number.isNaN(quantity + amountFen)),
    setQuantity: (line: Line, quantity: number | null) => set(line, { quantity, yuan: proposed(line, quantity) }),
    setYuan: (line: Line, yuan: number | null) => set(line, { yuan }),
    all: () =>
      setChosen(
        Object.fromEntries(
          lines.filter(canComeBack).map((line) => {
            const { quantity, amountFen } = leftOf(line)
            return [line.line, { quantity, yuan: amountFen / 100 }]
          }),
        ),
      ),
  }
}

export const canComeBack = (line: Line): boolean => leftOf(line).quantity > 0 || leftOf(line).amountFen > 0

const figures = ({ quantity, yuan }: Chosen) => ({ quantity: quantity ?? 0, amountFen: Math.round((yuan ?? 0) * 100) })

const proposed = (line: Line, quantity: number | null): number | null =>
  quantity ? costOf(line, quantity, 'nearest') / 100 : null
