import { Form, Input, Switch } from 'antd'
import { useState } from 'react'
import type { Input as InputOf } from '../../../api/call.ts'
import { useWrite } from '../../../api/use-write.ts'
import { FormModal } from '../../../pieces/editing/form-modal.tsx'
import { Outdated, outdatedIn } from '../../../pieces/editing/outdated.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import type { Store } from './types.ts'

type Fields = Omit<InputOf<'POST /admin/stores'>, 'requestId'>

const blank: Partial<Fields> = { address: '', hours: '', open: true }
const labels = { name: '门店名称', address: '地址', hours: '营业时间', open: '营业中' }

export function StoreModal({ store, onClose }: { store: Store | 'new'; onClose: () => void }) {
  const [form] = Form.useForm<Fields>()
  const [opened, setOpened] = useState(store)
  const done = useDone()
  const add = useWrite('POST /admin/stores', { withId: true, changes: ['GET /admin/stores'] })
  const patch = useWrite('PATCH /admin/stores/:storeId', { withId: false, changes: ['GET /admin/stores'] })
  const save = (fields: Fields, revision?: string) => {
    const onDone = () => {
      done(`「${fields.name}」已保存`)
      onClose()
    }
    if (opened === 'new') add.send(fields, onDone)
    else patch.send({ storeId: opened.storeId, ...fields, revision: revision ?? opened.revision }, onDone)
  }
  const comparison = opened !== 'new' && outdatedIn(patch.error) && (
    <Outdated<Fields>
      error={patch.error}
      opened={opened}
      mine={() => form.getFieldsValue()}
      labels={labels}
      onKeep={save}
      onTake={(now, revision) => {
        form.setFieldsValue(now)
        setOpened({ ...opened, ...now, revision })
        patch.reset()
      }}
    />
  )
  return (
    <FormModal
      title={store === 'new' ? '添加门店' : `修改「${store.name}」`}
      form={form}
      initial={store === 'new' ? blank : store}
      write={store === 'new' ? add : patch}
      refusal={comparison || undefined}
      onSave={(fields) => save(fields)}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={labels.name}
        rules={[{ required: true, whitespace: true, message: '请填写门店名称' }]}
      >
        <Input maxLength={30} placeholder="例如：人民路店" />
      </Form.Item>
      <Form.Item name="address" label={labels.address}>
        <Input maxLength={100} placeholder="会员取货时看得到" />
      </Form.Item>
      <Form.Item name="hours" label={labels.hours}>
        <Input maxLength={40} placeholder="例如：09:00–21:30" />
      </Form.Item>
      <Form.Item
        name="open"
        label={labels.open}
        valuePropName="checked"
        extra="停用后不能再选它取货或记消费，过去的记录都保留"
      >
        <Switch />
      </Form.Item>
    </FormModal>
  )
}
