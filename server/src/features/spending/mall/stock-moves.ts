import type { AuditAction } from '@pointbook/shared/audit-actions'
import type { Instant } from '@pointbook/shared/day'
import { group } from '@pointbook/shared/money'
import { type ActorRef, subjectRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { add, put, row } from '../../../book/changes.ts'
import { message } from '../../../book/events.ts'
import { type Change, move } from '../../../book/move.ts'
import { logged } from '../../../book/tables.ts'
import type { View } from '../../../book/view.ts'
import { requireShown, type Shown } from '../../../core/ledger/shown.ts'
import { differences } from '../../../platform/audit-log.ts'
import { requireRevision } from '../../../platform/revision.ts'
import type { ItemTexts } from './item-store.ts'
import { items, mallStock } from './tables.ts'

/** The columns of an item in the book except the stock. */
export interface Terms {
  points: number
  limitPerMember: number | null
  listed: boolean
}

/** The fields of an item that the merchant edits. */
export type EditableItem = Terms & ItemTexts

export interface NewItem extends Terms {
  /** An unused item number, read before the move; `item.taken` when another item has it meanwhile. */
  itemId: number
  stock: number
  texts: ItemTexts
  requestId: string
  /** The actor in the audit log; without it no line is written. */
  actor?: ActorRef
}

/** Adds an item's texts and stock together; only the stock when an older version has already written the texts. */
export const addItem = move<NewItem, { itemId: number }>('mall.add-item', {
  member: () => 0,
  key: ({ requestId }) => `add-item/${requestId}`,
  same: ({ itemId: _itemId, actor: _actor, ...rest }) => rest,
  touches: ({ itemId }) => [row(items, itemId), row(mallStock, itemId)],
  decide(view, { itemId, points, limitPerMember, listed, stock, texts, actor }, { now }) {
    if (view.get(mallStock, itemId)) throw new Refusal('item.taken')
    const isNew = !view.get(items, itemId)
    const added = `新增商品「${texts.name}」，${group(points)} 分，库存 ${stock} 件`
    const detail = { ...texts, points, limitPerMember, listed, stock }
    return {
      changes: [
        ...(isNew ? [add(items, { id: itemId, ...columnsOf(texts), madeAt: now })] : []),
        add(mallStock, { itemId, points, limitPerMember, listed, stock, redeemed: 0 }),
        ...(actor ? [itemLogged(now, actor, 'item.add', itemId, added, detail)] : []),
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
  /** The revision that the merchant read, for `edit.outdated`. */
  revision: string
  terms: Partial<Terms>
  texts: Partial<ItemTexts>
  actor: ActorRef
  requestId: string
}

/** Changes an item's texts, price, limit per member and listing. Existing orders keep their points. */
export const changeItem = move<ItemChange, { itemId: number }>('mall.change-item', {
  member: () => 0,
  key: ({ requestId }) => `terms/${requestId}`,
  touches: ({ itemId }) => [row(items, itemId), row(mallStock, itemId)],
  decide(view, { itemId, revision, terms, texts, actor }, { now }) {
    const stock = stockOf(view, itemId)
    const item = view.get(items, itemId)!
    const { points, limitPerMember, listed } = stock
    const before: EditableItem = { ...columnsOf(item), points, limitPerMember, listed }
    const after = { ...before, ...texts, ...terms }
    requireRevision(revision, before, after)
    const replaced = after.pictureUrl === before.pictureUrl ? [] : replacedPicture(before.pictureUrl, now)
    const detail = differences(before, after)
    return {
      changes: [
        put(items, { ...item, ...columnsOf(after) }),
        put(mallStock, { ...stock, ...terms }),
        ...replaced,
        itemLogged(now, actor, 'item.change', itemId, `修改商品「${before.name}」`, detail),
      ],
      outcome: { itemId },
    }
  },
})

const MOST_STOCK = 1_000_000_000

export interface Restock {
  itemId: number
  /** Positive to add, negative to remove. */
  delta: number
  /** The resulting stock that the merchant confirmed. */
  shown?: Shown<'stock'>
  reason: string
  actor: ActorRef
  requestId: string
}

/** Changes the stock by a difference, so that redemptions in the meantime are not lost. */
export const restock = move<Restock, { stock: number }>('mall.restock', {
  member: () => 0,
  key: ({ requestId }) => `restock/${requestId}`,
  same: ({ itemId, delta, requestId }) => ({ itemId, delta, requestId }),
  touches: ({ itemId }) => [row(items, itemId), row(mallStock, itemId)],
  decide(view, { itemId, delta, shown = {}, reason, actor }, { now }) {
    const before = stockOf(view, itemId)
    const stock = before.stock + delta
    if (stock < 0) throw new Refusal('stock.below-zero', { stock: before.stock })
    if (stock > MOST_STOCK) throw new Refusal('stock.too-many', { most: group(MOST_STOCK) })
    requireShown('stock.changed', shown, { stock })
    const change = delta < 0 ? `减少 ${-delta}` : `增加 ${delta}`
    const text = `「${view.get(items, itemId)!.name}」库存${change} 件，现有 ${stock} 件：${reason}`
    return {
      changes: [put(mallStock, { ...before, stock }), itemLogged(now, actor, 'item.stock', itemId, text)],
      outcome: { stock },
    }
  },
})

const itemLogged = (
  at: Instant,
  actor: ActorRef,
  action: AuditAction,
  itemId: number,
  text: string,
  detail?: unknown,
) => logged(at, { actor, action, subject: subjectRef('item', itemId), text, detail })

const replacedPicture = (url: string, at: Instant): Change[] => (url ? [message('picture.replaced', { url }, at)] : [])

function stockOf(view: View, itemId: number) {
  const stock = view.get(mallStock, itemId)
  if (!stock) throw new Refusal('item.unknown')
  return stock
}
