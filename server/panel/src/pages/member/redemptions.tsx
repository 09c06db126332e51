import { Link } from 'react-router'
import type { Reply } from '../../api/call.ts'
import { useRead } from '../../api/use-read.ts'
import { Nothing } from '../../pieces/nothing.tsx'
import { countText } from '../../pieces/numbers.ts'
import { OrderStateTag } from '../../pieces/order-state.tsx'
import { Picture } from '../../pieces/picture.tsx'
import { Rows } from '../../pieces/rows.tsx'
import { usePages } from '../../pieces/use-address.ts'
import { When } from '../../pieces/when.tsx'

type Order = Reply<'GET /admin/members/:memberId/redemptions'>['rows'][number]

export function Redemptions({ memberId }: { memberId: number }) {
  const pages = usePages()
  const query = useRead('GET /admin/members/:memberId/redemptions', { memberId, cursor: pages.cursor }, { keep: true })
  return (
    <Rows<Order>
      query={query}
      columns={columns}
      rowKey={({ orderNo }) => orderNo}
      pages={pages}
      size="small"
      empty={<Nothing title="还没有兑换过" />}
    />
  )
}

const columns = [
  { title: '时间', dataIndex: 'madeAt', render: (at: string) => <When at={at} /> },
  {
    title: '商品',
    render: (_: unknown, { pictureUrl, itemName, quantity }: Order) => (
      <div className="member-cell">
        <Picture url={pictureUrl} name={itemName} sizePx={34} />
        <span>
          {itemName}
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
  {
    title: '',
    render: (_: unknown, { orderNo }: Order) => <Link to={`/redemptions?order=${orderNo}&q=${orderNo}`}>查看</Link>,
  },
]
