import type { Api } from '@pointbook/shared/contract/index'
import { fenFromYuan } from '@pointbook/shared/money'
import { useState } from 'react'

export type Line = Api['POST /clerk/purchases']['input']['lines'][number]

/** A line as it is being typed: the amount in yuan is what was paid for all of its pieces. */
export interface Draft {
  amount: string
  category: string
  quantity: number
}

const mostFen = 10_000_000_00
const mostLines = 100
const empty: Draft = { amount: '', category: '', quantity: 1 }

/** The lines of the receipt; the one being typed counts as soon as it has an amount, so that a single line needs no further tap. */
export function useLines() {
  const [added, setAdded] = useState<Line[]>([])
  const [draft, setDraft] = useState(empty)
  const typed = lineOf(draft)
  const lines = typed ? [...added, typed] : added
  return {
    added,
    draft,
    lines,
    amountFen: lines.reduce((sum, line) => sum + line.amountFen, 0),
    /** Something is typed that is no amount. */
    isOdd: draft.amount.trim() !== '' && !typed,
    mayAdd: typed !== null && lines.length < mostLines,
    change: (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part })),
    add: () => {
      setAdded(lines)
      setDraft(empty)
    },
    remove: (index: number) => setAdded((before) => before.filter((_, other) => other !== index)),
  }
}

export type Lines = ReturnType<typeof useLines>

function lineOf({ amount, category, quantity }: Draft): Line | null {
  const amountFen = fenFromYuan(amount)
  if (amountFen === null || amountFen > mostFen) return null
  return { name: category || '商品', quantity, amountFen, ...(category ? { category } : {}) }
}
