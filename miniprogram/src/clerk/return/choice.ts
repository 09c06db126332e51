import { fenFromYuan, yuan } from '@pointbook/shared/money'
import { costOf, leftOf, oddReturn } from '@pointbook/shared/returning'
import { useState } from 'react'
import type { Purchase, PurchaseLine } from '../purchase'

/** The return of a line being chosen: pieces, and the refund in yuan. */
interface Chosen {
  quantity: number
  amount: string
}

const none: Chosen = { quantity: 0, amount: '' }

/**
 * The lines to return. Choosing pieces proposes their share of the remaining money; an amount without pieces is a price
 * reduction.
 */
export function useChoice({ lines }: Purchase) {
  const [chosen, setChosen] = useState<Record<number, Chosen>>({})
  const of = (line: PurchaseLine): Chosen => chosen[line.line] ?? none
  const set = (line: PurchaseLine, part: Partial<Chosen>) =>
    setChosen((before) => ({ ...before, [line.line]: { ...(before[line.line] ?? none), ...part } }))

  /** The fault of a line's amount, or ''. */
  const oddText = (line: PurchaseLine): string => oddReturn(line, of(line).quantity, amountOf(of(line)))
  const returned = lines
    .map((line) => ({ line: line.line, quantity: of(line).quantity, amountFen: amountOf(of(line)) ?? 0 }))
    .filter(({ quantity, amountFen }) => quantity > 0 || amountFen > 0)
  return {
    of,
    oddText,
    returned,
    quantity: returned.reduce((sum, { quantity }) => sum + quantity, 0),
    amountFen: returned.reduce((sum, { amountFen }) => sum + amountFen, 0),
    isReady: returned.length > 0 && !lines.some(oddText),
    setQuantity: (line: PurchaseLine, quantity: number) => set(line, { quantity, amount: proposed(line, quantity) }),
    setAmount: (line: PurchaseLine, amount: string) => set(line, { amount }),
    all: () => {
      const everything = lines.map((line) => {
        const { quantity, amountFen } = leftOf(line)
        return [line.line, { quantity, amount: typed(amountFen) }] as const
      })
      setChosen(Object.fromEntries(everything))
    },
  }
}

const amountOf = ({ amount }: Chosen): number | null => (amount.trim() === '' ? 0 : fenFromYuan(amount))

const proposed = (line: PurchaseLine, quantity: number): string =>
  quantity === 0 ? '' : typed(costOf(line, quantity, 'nearest'))

const typed = (amountFen: number): string => (amountFen === 0 ? '' : yuan(amountFen).replaceAll(',', ''))
