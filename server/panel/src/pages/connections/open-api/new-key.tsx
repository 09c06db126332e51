import { Alert, AutoComplete, Form, Input, Modal, Select, Typography } from 'antd'
import type { Input as InputOf, Reply } from '../../../api/call.ts'
import { useWrite } from '../../../api/use-write.ts'
import { FormModal } from '../../../pieces/editing/form-modal.tsx'
import { NumberInput } from '../../../pieces/number-input.tsx'

type Fields = Omit<InputOf<'POST /admin/api-keys'>, 'requestId'>

interface Props {
  stores: Reply<'GET /admin/stores'>['rows']
  /** Those that have keys already. */
  systems: string[]
  onClose: () => void
}

export function NewKey({ stores, systems, onClose }: Props) {
  const [form] = Form.useForm<Fields>()
  const add = useWrite('POST /admin/api-keys', { withId: true, changes: ['GET /admin/api-keys'] })
  if (add.data) return <Secret {...add.data} onClose={onClose} />
  return (
    <FormModal
      title="新建密钥"
      okText="新建"
      form={form}
      initial={{ perMinute: 600 }}
      write={add}
      onSave={({ system, ...fields }) => add.send({ ...fields, system: system?.trim() || undefined })}
      onClose={onClose}
    >
      <Form.Item name="name" label="用途" rules={[{ required: true, whitespace: true, message: '还没有填' }]}>
        <Input maxLength={30} placeholder="例如：收银系统、微信小店" />
      </Form.Item>
      <Form.Item
        name="system"
        label="所属系统"
        extra="给同一个系统换新密钥时，选它原来的名称：同一件事再上报一次也只奖励一次。不填就用上面的用途"
      >
        <AutoComplete maxLength={30} options={systems.map((value) => ({ value }))} placeholder="例如：收银系统" />
      </Form.Item>
      <Form.Item
        name="storeIds"
        label="可用门店"
        extra="用这个密钥只能记这些门店的消费和退货"
        rules={[{ required: true, message: '至少选一家门店' }]}
      >
        <Select
          mode="multiple"
          placeholder="选择门店"
          optionFilterProp="label"
          options={stores.map(({ storeId, name }) => ({ value: storeId, label: name }))}
        />
      </Form.Item>
      <Form.Item name="perMinute" label="每分钟最多请求" rules={[{ required: true, message: '还没有填' }]}>
        <NumberInput min={1} max={6_000} suffix="次" style={{ width: 160 }} />
      </Form.Item>
    </FormModal>
  )
}

/** The secret is shown only once, so the dialog does not close by accident. */
function Secret({ keyId, secret, onClose }: Reply<'POST /admin/api-keys'> & { onClose: () => void }) {
  return (
    <Modal
      open
      title="密钥已建好"
      okText="我已保存好"
      onOk={onClose}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={(_, { OkBtn }) => <OkBtn />}
    >
      <Alert type="warning" showIcon title="密钥只显示这一次，请现在就复制保存；丢失了只能新建一个" />
      <Copyable label="密钥编号" text={keyId} />
      <Copyable label="密钥" text={secret} />
    </Modal>
  )
}

function Copyable({ label, text }: { label: string; text: string }) {
  return (
    <div style={{ marginTop: 16 }}>
      <div className="soft small">{label}</div>
      <Typography.Text code copyable style={{ wordBreak: 'break-all' }}>
        {text}
      </Typography.Text>
    </div>
  )
}
