import { Form, Input, Modal, Switch } from 'antd'
import type { Input as InputOf } from '../../api/call.ts'
import { useWrite } from '../../api/use-write.ts'
import { RefusalAlert } from '../../pieces/refusal-alert.tsx'
import { useDone } from '../../pieces/use-done.tsx'
import type { Store } from './stores.tsx'

type Fields = Omit<InputOf<'POST /admin/stores'>, 'requestId'>

export function StoreModal({ store, onClose }: { store: Store | 'new'; onClose: () => void }) {
  const [form] = Form.useForm<Fields>()
  const done = useDone()
  const add = useWrite('POST /admin/stores', { withId: true, changes: ['GET /admin/stores'] })
  const patch = useWrite('PATCH /admin/stores/:storeId', { withId: false, changes: ['GET /admin/stores'] })
  const save = (fields: Fields) => {
    const onDone = () => {
      done(`「${fields.name}」已保存`)
      onClose()
    }
    if (store === 'new') add.send(fields, onDone)
    else patch.send({ storeId: store.storeId, ...fields }, onDone)
  }
  return (
    <Modal
      open
      title={store === 'new' ? '添加门店' : `修改「${store.name}」`}
      okText="保存"
      cancelText="取消"
      okButtonProps={{ loading: add.isPending || patch.isPending }}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={store === 'new' ? { address: '', hours: '', open: true } : store}
        onFinish={save}
      >
        <Form.Item name="name" label="门店名称" rules={[{ required: true, whitespace: true, message: '还没有填' }]}>
          <Input maxLength={30} placeholder="例如：人民路店" />
        </Form.Item>
        <Form.Item name="address" label="地址">
          <Input maxLength={100} placeholder="会员取货时看得到" />
        </Form.Item>
        <Form.Item name="hours" label="营业时间">
          <Input maxLength={40} placeholder="例如：09:00–21:30" />
        </Form.Item>
        <Form.Item
          name="open"
          label="营业中"
          valuePropName="checked"
          extra="停用后不能再选它取货或记消费，过去的记录都保留"
        >
          <Switch />
        </Form.Item>
      </Form>
      <RefusalAlert error={add.error ?? patch.error} />
    </Modal>
  )
}
