import { Card, Segmented } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { Nothing } from '../../../pieces/nothing.tsx'
import { countText } from '../../../pieces/numbers.ts'
import { OrderDrawer } from '../../../pieces/order/order-drawer.tsx'
import { OrderStateTag } from '../../../pieces/order/order-state.tsx'
import { PageHeader } from '../../../pieces/page-header.tsx'
import { Picture } from '../../../pieces/picture.tsx'
import { RowButton, Rows } from '../../../pieces/rows.tsx'
import { Search } from '../../../pieces/search.tsx'
import { Toolbar } from '../../../pieces/toolbar.tsx'
import { among, useAddress, usePages, useSearchText } from '../../../pieces/use-address.ts'
import { When } from '../../../pieces/when.tsx'

type Order = Reply<'POST /admin/redemptions/search'>['rows'][number]

const states = [
  { value: 'waiting', label: '待取货' },
  { value: 'handed-over', label: '已取货' },
  { value: 'cancelled', label: '已取消' },
  { value: 'all', label: '全部' },
]

export function Component() {
  const [{ state }, change] = useAddress({ state: 'waiting' }, { state: among(states) })
  const [q, search] = useSearchText()
  const pages = usePages()
  const [open, setOpen] = useState<string | null>(null)
  const query = useRead(
    'POST /admin/redemptions/search',
    { q, state: state === 'all' ? undefined : (state as Order['state']), cursor: pages.cursor },
    { keep: true },
  )
  const order = query.data?.rows.find(({ orderNo }) => orderNo === open)
  return (
    <>
      <PageHeader title="兑换订单" hint="会员兑换后到店取货，由店员扫取货码交付" />
      <Card>
        <Toolbar>
          <Segmented
            aria-label="订单状态"
            options={states}
            value={state}
            onChange={(value) => change({ state: value })}
          />
          <Search
            key={q}
            defaultValue={q}
            placeholder="取货码 / 会员号 / 手机 / 昵称"
            maxLength={40}
            style={{ width: 300 }}
            onSearch={(text) => search(text.trim(), text.trim() ? { state: 'all' } : {})}
          />
        </Toolbar>
        <Rows<Order>
          name="兑换订单"
          query={query}
          columns={columns}
          rowKey={({ orderNo }) => orderNo}
          pages={pages}
          onOpen={({ orderNo }) => setOpen(orderNo)}
          empty={
            <Nothing
              title={q ? '没有找到符合的订单' : '这里没有订单'}
              hint={state === 'waiting' && !q ? '都取走了' : undefined}
            />
          }
        />
      </Card>
      {order && <OrderDrawer order={order} onClose={() => setOpen(null)} />}
    </>
  )
}

const columns = [
  {
    title: '商品',
    render: (_: unknown, { pictureUrl, itemName, quantity }: Order) => (
      <div className="pictured">
        <Picture url={pictureUrl} sizePx={40} />
        <span>
          <RowButton>{itemName}</RowButton>
          {quantity > 1 && <span className="soft"> × {quantity}</span>}
        </span>
      </div>
    ),
  },
  {
    title: '会员',
    className: 'nowrap',
    render: (_: unknown, { memberId, nickname }: Order) => (
      <Link to={`/members/${memberId}`} onClick={(event) => event.stopPropagation()}>
        {nickname}
      </Link>
    ),
  },
  {
    title: '积分',
    dataIndex: 'points',
    align: 'right' as const,
    render: (points: number) => <span className="digits">{countText(points)}</span>,
  },
  { title: '取货门店', dataIndex: 'storeName', className: 'nowrap' },
  { title: '兑换时间', dataIndex: 'madeAt', render: (at: string) => <When at={at} /> },
  { title: '完成时间', dataIndex: 'endedAt', render: (at: string | null) => <When at={at} /> },
  { title: '状态', dataIndex: 'state', render: (state: Order['state']) => <OrderStateTag state={state} /> },
]
