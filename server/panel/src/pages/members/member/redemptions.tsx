import { useState } from 'react'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { Nothing } from '../../../pieces/nothing.tsx'
import { countText } from '../../../pieces/numbers.ts'
import { OrderDrawer } from '../../../pieces/order/order-drawer.tsx'
import { OrderStateTag } from '../../../pieces/order/order-state.tsx'
import { Picture } from '../../../pieces/picture.tsx'
import { RowButton, Rows } from '../../../pieces/rows.tsx'
import { usePages } from '../../../pieces/use-address.ts'
import { When } from '../../../pieces/when.tsx'
import type { Member } from './types.ts'

type Order = Reply<'GET /admin/members/:memberId/redemptions'>['rows'][number]

export function Redemptions({ member: { memberId, nickname } }: { member: Member }) {
  const pages = usePages()
  const [open, setOpen] = useState<string | null>(null)
  const query = useRead('GET /admin/members/:memberId/redemptions', { memberId, cursor: pages.cursor }, { keep: true })
  const order = query.data?.rows.find(({ orderNo }) => orderNo === open)
  return (
    <>
      <Rows<Order>
        name="兑换"
        query={query}
        columns={columns}
        rowKey={({ orderNo }) => orderNo}
        pages={pages}
        size="small"
        onOpen={({ orderNo }) => setOpen(orderNo)}
        empty={<Nothing title="还没有兑换过" />}
      />
      {order && <OrderDrawer order={{ ...order, memberId, nickname }} onClose={() => setOpen(null)} />}
    </>
  )
}

const columns = [
  { title: '时间', dataIndex: 'madeAt', render: (at: string) => <When at={at} /> },
  {
    title: '商品',
    render: (_: unknown, { pictureUrl, itemName, quantity }: Order) => (
      <div className="pictured">
        <Picture url={pictureUrl} sizePx={34} />
        <span>
          <RowButton>{itemName}</RowButton>
          {quantity > 1 && <span className="soft"> × {quantity}</span>}
        </span>
      </div>
    ),
  },
  {
    title: '积分',
    dataIndex: 'points',
    align: 'right' as const,
    render: (points: number) => <span className="digits">{countText(points)}</span>,
  },
  { title: '取货门店', dataIndex: 'storeName' },
  { title: '状态', dataIndex: 'state', render: (state: Order['state']) => <OrderStateTag state={state} /> },
]
