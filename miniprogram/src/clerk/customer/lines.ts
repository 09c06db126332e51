import { fenFromYuan } from '@pointbook/shared/money'
import { type Draft, type Line, nothingTyped, type Typing } from './draft'

const mostFen = 10_000_000_00
const mostLines = 100

/** The lines of a draft. The line being typed counts once it has an amount, so that a single line needs no further tap. */
export function linesOf({ added, typing }: Draft, change: (part: Partial<Draft>) => void) {
  const typed = lineOf(typing)
  const lines = typed ? [...added, typed] : added
  return {
    added,
    typing,
    lines,
    amountFen: lines.reduce((sum, line) => sum + line.amountFen, 0),
    /** Something is typed that is no amount. */
    isOdd: typing.amount.trim() !== '' && !typed,
    mayAdd: typed !== null && lines.length < mostLines,
    change: (part: Partial<Typing>) => change({ typing: { ...typing, ...part } }),
    add: () => change({ added: lines, typing: nothingTyped }),
    remove: (index: number) => change({ added: added.filter((_, other) => other !== index) }),
  }
}

export type Lines = ReturnType<typeof linesOf>

function lineOf({ amount, category, quantity }: Typing): Line | null {
  const amountFen = fenFromYuan(amount)
  if (amountFen === null || amountFen > mostFen) return null
  return { name: category || '商品', quantity, amountFen, ...(category ? { category } : {}) }
}
