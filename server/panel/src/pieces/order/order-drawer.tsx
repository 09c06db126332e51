import { Descriptions, Drawer, Space } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { Act } from '../act.tsx'
import { useReturnFocus } from '../editing/use-return-focus.ts'
import { countText } from '../numbers.ts'
import { Picture } from '../picture.tsx'
import { When } from '../when.tsx'
import { CancelOrder } from './cancel-order.tsx'
import { HandOver } from './hand-over.tsx'
import type { Order } from './order.ts'
import { OrderStateTag } from './order-state.tsx'

export function OrderDrawer({ order, onClose }: { order: Order; onClose: () => void }) {
  const [asking, setAsking] = useState<'hand-over' | 'cancel' | null>(null)
  const stop = () => setAsking(null)
  useReturnFocus(true)
  return (
    <Drawer
      open
      size={460}
      title="兑换订单"
      extra={<OrderStateTag state={order.state} />}
      onClose={onClose}
      footer={
        order.state === 'waiting' && (
          <Space style={{ float: 'right' }}>
            <Act op="POST /admin/redemptions/:orderNo/cancel" danger onClick={() => setAsking('cancel')}>
              取消订单
            </Act>
            <Act op="POST /admin/redemptions/:orderNo/hand-over" type="primary" onClick={() => setAsking('hand-over')}>
              交付
            </Act>
          </Space>
        )
      }
    >
      <div className="pictured" style={{ marginBottom: 20 }}>
        <Picture url={order.pictureUrl} sizePx={84} />
        <div>
          <div style={{ fontSize: 17, fontWeight: 600 }}>{order.itemName}</div>
          <div className="soft digits">
            {order.quantity} 件，共 {countText(order.points)} 分
          </div>
        </div>
      </div>
      <Descriptions
        column={1}
        colon={false}
        styles={{ label: { width: 84, color: 'var(--soft)' } }}
        items={[
          { key: 'no', label: '订单号', children: <span className="digits">{order.orderNo}</span> },
          { key: 'who', label: '会员', children: <Link to={`/members/${order.memberId}`}>{order.nickname}</Link> },
          { key: 'store', label: '取货门店', children: order.storeName },
          { key: 'made', label: '兑换时间', children: <When at={order.madeAt} /> },
          { key: 'ended', label: '完成时间', children: <When at={order.endedAt} /> },
          { key: 'how', label: '兑换说明', children: order.instructions || '—' },
        ]}
      />
      <HandOver order={order} open={asking === 'hand-over'} onClose={stop} />
      <CancelOrder order={order} open={asking === 'cancel'} onClose={stop} />
    </Drawer>
  )
}
