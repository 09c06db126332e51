import { group } from '@pointbook/shared/money'
import { Refusal } from '@pointbook/shared/refusals'
import { move } from '../../book/move.ts'
import { put, row } from '../../book/tables.ts'
import type { View } from '../../book/view.ts'
import { mallStock } from './tables.ts'

/** What the book keeps of an item besides its count. */
export interface Terms {
  points: number
  limitPerMember: number | null
  listed: boolean
}

export interface NewItem extends Terms {
  /** Of the texts just written; when the request comes again the first one counts. */
  itemId: number
  stock: number
  /** The rest of the request, so that another item under the same request number is noticed. */
  texts: object
  requestId: string
}

/** Opens the stock row of a new item; an item without one does not exist for anybody. */
export const addItem = move<NewItem, { itemId: number }>('mall.add-item', {
  member: () => 0,
  key: ({ requestId }) => `add-item/${requestId}`,
  same: ({ itemId: _itemId, ...rest }) => rest,
  touches: ({ itemId }) => [row(mallStock, itemId)],
  decide(_view, { itemId, points, limitPerMember, listed, stock }) {
    const opened = { itemId, points, limitPerMember, listed, stock, redeemed: 0 }
    return { changes: [put(mallStock, opened)], outcome: { itemId } }
  },
})

export interface TermsChange {
  itemId: number
  terms: Partial<Terms>
  requestId: string
}

/** Changes what an item costs, how many one member may take, whether it is listed. Orders already made keep their points. */
export const setTerms = move<TermsChange, { itemId: number }>('mall.set-terms', {
  member: () => 0,
  key: ({ requestId }) => `terms/${requestId}`,
  touches: ({ itemId }) => [row(mallStock, itemId)],
  decide(view, { itemId, terms }) {
    return { changes: [put(mallStock, { ...stockOf(view, itemId), ...terms })], outcome: { itemId } }
  },
})

const MOST_STOCK = 1_000_000_000

export interface Restock {
  itemId: number
  /** Added when above zero, taken when below. */
  delta: number
  requestId: string
}

/** Changes the stock by a difference, so that what is redeemed meanwhile is not lost. */
export const restock = move<Restock, { stock: number }>('mall.restock', {
  member: () => 0,
  key: ({ requestId }) => `restock/${requestId}`,
  touches: ({ itemId }) => [row(mallStock, itemId)],
  decide(view, { itemId, delta }) {
    const before = stockOf(view, itemId)
    const stock = before.stock + delta
    if (stock < 0) throw new Refusal('stock.below-zero', { stock: before.stock })
    if (stock > MOST_STOCK) throw new Refusal('stock.too-many', { most: group(MOST_STOCK) })
    return { changes: [put(mallStock, { ...before, stock })], outcome: { stock } }
  },
})

function stockOf(view: View, itemId: number) {
  const found = view.get(mallStock, itemId)
  if (!found) throw new Refusal('item.unknown')
  return found
}
