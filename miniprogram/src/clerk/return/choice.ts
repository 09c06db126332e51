import { fenFromYuan, type Rounding, share, yuan } from '@pointbook/shared/money'
import { useState } from 'react'
import type { Purchase, PurchaseLine } from '../purchase'

/** What comes back of a line, as it is being chosen: pieces, and the money paid back for them in yuan. */
interface Chosen {
  quantity: number
  amount: string
}

const none: Chosen = { quantity: 0, amount: '' }

export const leftOf = (line: PurchaseLine) => ({
  quantity: line.quantity - line.returnedQuantity,
  amountFen: line.amountFen - line.returnedFen,
})

/** Which lines come back. Choosing pieces proposes their share of the money left; without pieces an amount is a lower price. */
export function useChoice({ lines }: Purchase) {
  const [chosen, setChosen] = useState<Record<number, Chosen>>({})
  const of = (line: PurchaseLine): Chosen => chosen[line.line] ?? none
  const set = (line: PurchaseLine, part: Partial<Chosen>) =>
    setChosen((before) => ({ ...before, [line.line]: { ...(before[line.line] ?? none), ...part } }))

  /** What is wrong with the amount of a line, or ''. */
  const oddText = (line: PurchaseLine): string => {
    const amountFen = amountOf(of(line))
    const { quantity } = of(line)
    const left = leftOf(line)
    if (amountFen === null || amountFen > left.amountFen) return `最多退 ¥${yuan(left.amountFen)}，写到分为止`
    if (quantity === 0) return ''
    const [least, most] = [costOf(line, quantity, 'down'), costOf(line, quantity, 'up')]
    if (amountFen >= least && amountFen <= most) return ''
    return `退 ${quantity} 件应退 ¥${yuan(costOf(line, quantity, 'nearest'))}；只退差价时，件数选 0`
  }
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

/** What so many of the pieces left cost: their share of the money left. */
function costOf(line: PurchaseLine, quantity: number, rounding: Rounding): number {
  const left = leftOf(line)
  return share(left.amountFen, quantity, left.quantity, rounding)
}

const typed = (amountFen: number): string => (amountFen === 0 ? '' : yuan(amountFen).replaceAll(',', ''))
