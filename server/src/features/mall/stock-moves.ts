import { group } from '@pointbook/shared/money'
import { Refusal } from '@pointbook/shared/refusals'
import { move } from '../../book/move.ts'
import { put, row } from '../../book/tables.ts'
import type { View } from '../../book/view.ts'
import { requireRevision } from '../../platform/revision.ts'
import type { ItemTexts } from './item-store.ts'
import { items, mallStock } from './tables.ts'

/** What the book keeps of an item besides its count. */
export interface Terms {
  points: number
  limitPerMember: number | null
  listed: boolean
}

/** What the merchant edits of an item. */
export type EditableItem = Terms & ItemTexts

export interface NewItem extends Terms {
  /** A number that no item has, as read before; `item.taken` when another one has it by now. */
  itemId: number
  stock: number
  texts: ItemTexts
  requestId: string
}

/** Adds an item, its texts and its stock together; stock alone where an older version had written the texts before it. */
export const addItem = move<NewItem, { itemId: number }>('mall.add-item', {
  member: () => 0,
  key: ({ requestId }) => `add-item/${requestId}`,
  same: ({ itemId: _itemId, ...rest }) => rest,
  touches: ({ itemId }) => [row(items, itemId), row(mallStock, itemId)],
  decide(view, { itemId, points, limitPerMember, listed, stock, texts }, { now }) {
    if (view.get(mallStock, itemId)) throw new Refusal('item.taken')
    const isNew = !view.get(items, itemId)
    return {
      changes: [
        ...(isNew ? [put(items, { id: itemId, ...columnsOf(texts), madeAt: now })] : []),
        put(mallStock, { itemId, points, limitPerMember, listed, stock, redeemed: 0 }),
      ],
      outcome: { itemId },
    }
  },
})

const columnsOf = ({ name, category, pictureUrl, worthFen, description, instructions, position }: ItemTexts) => ({
  name,
  category,
  pictureUrl,
  worthFen,
  description,
  instructions,
  position,
})

export interface ItemChange {
  itemId: number
  /** What the merchant read, for `edit.outdated`. */
  revision: string
  terms: Partial<Terms>
  texts: Partial<ItemTexts>
  requestId: string
}

/** Changes an item's texts and what it costs, how many one member may take, whether it is listed. Orders already made keep their points. */
export const changeItem = move<ItemChange, { itemId: number }>('mall.change-item', {
  member: () => 0,
  key: ({ requestId }) => `terms/${requestId}`,
  touches: ({ itemId }) => [row(items, itemId), row(mallStock, itemId)],
  decide(view, { itemId, revision, terms, texts }) {
    const stock = stockOf(view, itemId)
    const before = view.get(items, itemId)!
    const { points, limitPerMember, listed } = stock
    requireRevision(revision, { ...columnsOf(before), points, limitPerMember, listed } satisfies EditableItem)
    const after = { ...before, ...columnsOf({ ...before, ...texts }) }
    return { changes: [put(items, after), put(mallStock, { ...stock, ...terms })], outcome: { itemId } }
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
