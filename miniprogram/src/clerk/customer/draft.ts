import type { Api } from '@pointbook/shared/contract/index'

export type Line = Api['POST /clerk/purchases']['input']['lines'][number]

/** A line being typed; its amount in yuan is the price of all its pieces. */
export interface Typing {
  amount: string
  category: string
  quantity: number
}

export type OffsetHow = 'none' | 'most' | 'other'

/** A purchase as far as it has been typed. */
export interface Draft {
  /** Sent with it: the same draft sent again is the same purchase, whatever became of the first answer. */
  id: string
  added: Line[]
  typing: Typing
  receiptNo: string
  /** The offset points, and the total for which they were chosen. */
  offset: { amountFen: number; how: OffsetHow; points: number }
}

export const nothingTyped: Typing = { amount: '', category: '', quantity: 1 }

export const draftFor = (id: string): Draft => ({
  id,
  added: [],
  typing: nothingTyped,
  receiptNo: '',
  offset: { amountFen: 0, how: 'none', points: 0 },
})
