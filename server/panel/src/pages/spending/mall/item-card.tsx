import { LOW_STOCK } from '@pointbook/shared/stock'
import { App } from 'antd'
import { useState } from 'react'
import { useWrite } from '../../../api/use-write.ts'
import { Act } from '../../../pieces/act.tsx'
import { Mark } from '../../../pieces/mark.tsx'
import { countText, shortMoneyText } from '../../../pieces/numbers.ts'
import { Picture } from '../../../pieces/picture.tsx'
import { sayError } from '../../../pieces/refusal-alert.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import { Restock } from './restock.tsx'
import type { Item } from './types.ts'

/** As on the dashboard: a listed item with low stock. */
export const isLow = ({ listed, stock }: Item) => listed && stock <= LOW_STOCK

export function ItemCard({ item, onEdit }: { item: Item; onEdit: () => void }) {
  const [restocking, setRestocking] = useState(false)
  const { name, listed, points, worthFen, stock, redeemed, category } = item
  return (
    <div className={listed ? 'item' : 'item item-off'}>
      <button type="button" className="item-picture" onClick={onEdit}>
        <Picture url={item.pictureUrl} name={`修改「${name}」`} sizePx={208} fills />
        <span className="item-mark">
          {!listed && <Mark>已下架</Mark>}
          {isLow(item) && <Mark tone={stock === 0 ? 'rust' : 'amber'}>{stock === 0 ? '已兑完' : '库存紧张'}</Mark>}
        </span>
      </button>
      <div className="item-text">
        <div className="item-name" title={name}>
          {name}
        </div>
        <div className="item-price digits">
          <span>
            <strong>{countText(points)}</strong> 分
          </span>
          <span className="soft small">{worthFen > 0 ? shortMoneyText(worthFen) : category}</span>
        </div>
        <div className="soft small digits">
          库存 {countText(stock)}　已兑 {countText(redeemed)}
        </div>
      </div>
      <div className="item-actions">
        <Act op="PATCH /admin/items/:itemId" type="text" size="small" onClick={onEdit}>
          修改
        </Act>
        <Act op="POST /admin/items/:itemId/stock" type="text" size="small" onClick={() => setRestocking(true)}>
          补货
        </Act>
        <Shelf item={item} />
      </div>
      <Restock item={item} open={restocking} onClose={() => setRestocking(false)} />
    </div>
  )
}

function Shelf({ item: { itemId, name, listed, revision } }: { item: Item }) {
  const { message } = App.useApp()
  const done = useDone()
  const patch = useWrite('PATCH /admin/items/:itemId', { withId: false, changes: ['GET /admin/items'] })
  const saved = (now: { revision: string }) =>
    done(`「${name}」已${listed ? '下架，已有的兑换仍可取货' : '上架'}`, () =>
      patch.mutateAsync({ itemId, listed, revision: now.revision }),
    )
  const change = () =>
    patch.send({ itemId, listed: !listed, revision }, saved, (error) => message.error(sayError(error)))
  return (
    <Act op="PATCH /admin/items/:itemId" type="text" size="small" loading={patch.isPending} onClick={change}>
      {listed ? '下架' : '上架'}
    </Act>
  )
}
