import { useWrite } from '../../api/use-write.ts'
import { AskReason } from '../ask-reason.tsx'
import { countText } from '../numbers.ts'
import { useDone } from '../use-done.tsx'
import { type Asking, changedByOrder } from './order.ts'

export function CancelOrder({ order, open, onClose }: Asking) {
  const done = useDone()
  const cancel = useWrite('POST /admin/redemptions/:orderNo/cancel', {
    withId: true,
    changes: [...changedByOrder, 'GET /admin/items'],
  })
  const close = () => {
    cancel.reset()
    onClose()
  }
  const confirm = (reason: string) =>
    cancel.send({ orderNo: order.orderNo, reason }, () => {
      done('订单已取消，积分已退回会员')
      close()
    })
  return (
    <AskReason
      open={open}
      title="取消这笔兑换"
      okText="取消订单"
      danger
      placeholder="例如：商品破损、会员不想要了"
      write={cancel}
      onConfirm={confirm}
      onCancel={close}
    >
      <p className="soft">
        {countText(order.points)} 分会退回 {order.nickname} （到期日不变，已过有效期的部分随即失效），库存加回{' '}
        {order.quantity} 件。
      </p>
    </AskReason>
  )
}
