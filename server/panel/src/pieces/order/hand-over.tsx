import { cleanDigits } from '@pointbook/shared/digits'
import { Form, Input } from 'antd'
import { useWrite } from '../../api/use-write.ts'
import { FormModal } from '../editing/form-modal.tsx'
import { typedAs } from '../typed-as.ts'
import { useDone } from '../use-done.tsx'
import { type Asking, changedByOrder } from './order.ts'

/** The code is requested and not shown, because it entitles to the goods. */
export function HandOver({ order, open, onClose }: Asking) {
  const [form] = Form.useForm<{ code: string }>()
  const done = useDone()
  const give = useWrite('POST /admin/redemptions/:orderNo/hand-over', { withId: true, changes: changedByOrder })
  const close = () => {
    give.reset()
    onClose()
  }
  const confirm = ({ code }: { code: string }) =>
    give.send({ orderNo: order.orderNo, code: code.trim() }, () => {
      done(`「${order.itemName}」已交付`)
      close()
    })
  return (
    <FormModal
      open={open}
      title={`把「${order.itemName}」交给 ${order.nickname}`}
      okText="确认交付"
      form={form}
      write={give}
      onSave={confirm}
      onClose={close}
    >
      <Form.Item
        name="code"
        label="请会员出示取货码"
        rules={[typedAs(cleanDigits, /^\d{4,64}$/, '请输入取货码上的数字')]}
      >
        <Input size="large" inputMode="numeric" autoComplete="off" maxLength={64} className="digits" />
      </Form.Item>
    </FormModal>
  )
}
