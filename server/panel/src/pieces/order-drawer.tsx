import { Button, Descriptions, Drawer, Form, Input, Modal, Space } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Reply } from '../api/call.ts'
import { useWrite } from '../api/use-write.ts'
import { AskReason } from './ask-reason.tsx'
import { countText } from './numbers.ts'
import { OrderStateTag } from './order-state.tsx'
import { Picture } from './picture.tsx'
import { RefusalAlert } from './refusal-alert.tsx'
import { useDone } from './use-done.tsx'
import { When } from './when.tsx'

type Order = Reply<'GET /admin/redemptions'>['rows'][number]

const changes = [
  'GET /admin/redemptions',
  'GET /admin/members/:memberId/redemptions',
  'GET /admin/members/:memberId',
  'GET /admin/members/:memberId/entries',
  'GET /admin/dashboard',
] as const

export function OrderDrawer({ order, onClose }: { order: Order; onClose: () => void }) {
  const [asking, setAsking] = useState<'hand-over' | 'cancel' | null>(null)
  const stop = () => setAsking(null)
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
            <Button danger onClick={() => setAsking('cancel')}>
              取消订单
            </Button>
            <Button type="primary" onClick={() => setAsking('hand-over')}>
              交付
            </Button>
          </Space>
        )
      }
    >
      <div className="pictured" style={{ marginBottom: 20 }}>
        <Picture url={order.pictureUrl} name={order.itemName} sizePx={84} />
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
      <Cancel order={order} open={asking === 'cancel'} onClose={stop} />
    </Drawer>
  )
}

interface Props {
  order: Order
  open: boolean
  onClose: () => void
}

/** The code is asked for and not shown: who holds it may take the goods. */
function HandOver({ order, open, onClose }: Props) {
  const [form] = Form.useForm<{ code: string }>()
  const done = useDone()
  const give = useWrite('POST /admin/redemptions/:orderNo/hand-over', { withId: true, changes: [...changes] })
  const close = () => {
    give.reset()
    onClose()
  }
  const confirm = ({ code }: { code: string }) =>
    give.mutate(
      { orderNo: order.orderNo, code: code.trim() },
      {
        onSuccess: () => {
          done(`「${order.itemName}」已交付`)
          close()
        },
      },
    )
  return (
    <Modal
      open={open}
      title={`把「${order.itemName}」交给 ${order.nickname}`}
      okText="确认交付"
      cancelText="取消"
      okButtonProps={{ loading: give.isPending }}
      onOk={form.submit}
      onCancel={close}
      destroyOnHidden
    >
      <Form form={form} layout="vertical" preserve={false} onFinish={confirm}>
        <Form.Item
          name="code"
          label="请会员出示取货码"
          rules={[{ required: true, pattern: /^[0-9 ]{4,64}$/, message: '请输入取货码上的数字' }]}
        >
          <Input size="large" inputMode="numeric" autoComplete="off" maxLength={64} className="digits" autoFocus />
        </Form.Item>
      </Form>
      <RefusalAlert error={give.error} />
    </Modal>
  )
}

function Cancel({ order, open, onClose }: Props) {
  const done = useDone()
  const cancel = useWrite('POST /admin/redemptions/:orderNo/cancel', {
    withId: true,
    changes: [...changes, 'GET /admin/items'],
  })
  const close = () => {
    cancel.reset()
    onClose()
  }
  const confirm = (reason: string) =>
    cancel.mutate(
      { orderNo: order.orderNo, reason },
      {
        onSuccess: () => {
          done('订单已取消，积分已退回会员')
          close()
        },
      },
    )
  return (
    <AskReason
      open={open}
      title="取消这笔兑换"
      okText="取消订单"
      danger
      placeholder="例如：商品破损、会员不想要了"
      pending={cancel.isPending}
      error={cancel.error}
      onConfirm={confirm}
      onCancel={close}
    >
      <p className="soft">
        {countText(order.points)} 分会退回 {order.nickname} 原来的积分批次（到期日不变），库存加回 {order.quantity} 件。
      </p>
    </AskReason>
  )
}
