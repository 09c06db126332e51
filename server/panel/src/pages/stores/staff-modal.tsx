import { Form, Modal, Radio, Select } from 'antd'
import type { Input as InputOf } from '../../api/call.ts'
import { useStores } from '../../api/use-stores.ts'
import { useWrite } from '../../api/use-write.ts'
import { FindMember } from '../../pieces/find-member.tsx'
import { RefusalAlert } from '../../pieces/refusal-alert.tsx'
import { roles } from '../../pieces/roles.ts'
import { useDone } from '../../pieces/use-done.tsx'
import type { StaffMember } from './staff.tsx'

type Fields = InputOf<'PUT /admin/staff/:memberId'>

export function StaffModal({ staff, onClose }: { staff: StaffMember | 'new'; onClose: () => void }) {
  const [form] = Form.useForm<Fields>()
  const { stores } = useStores()
  const done = useDone()
  const give = useWrite('PUT /admin/staff/:memberId', { withId: false, changes: ['GET /admin/staff'] })
  const isNew = staff === 'new'
  const save = (fields: Fields) => {
    const onDone = () => {
      done('员工已保存，对方重新进入小程序即可看到店员端')
      onClose()
    }
    give.send({ ...fields, memberId: isNew ? fields.memberId : staff.memberId }, onDone)
  }
  return (
    <Modal
      open
      title={isNew ? '添加员工' : `修改 ${staff.nickname} 的职务`}
      okText="保存"
      cancelText="取消"
      okButtonProps={{ loading: give.isPending }}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={isNew ? { role: 'clerk', storeIds: stores.length === 1 ? [stores[0]!.storeId] : [] } : staff}
        onFinish={save}
      >
        {isNew && (
          <Form.Item name="memberId" label="哪位会员" rules={[{ required: true, message: '请先找到这位会员' }]}>
            <FindMember />
          </Form.Item>
        )}
        <Form.Item name="role" label="职务">
          <Radio.Group options={Object.entries(roles).map(([value, label]) => ({ value, label }))} />
        </Form.Item>
        <Form.Item name="storeIds" label="在哪些门店" rules={[{ required: true, message: '至少选一家门店' }]}>
          <Select
            mode="multiple"
            options={stores.map(({ storeId, name, open }) => ({
              value: storeId,
              label: open ? name : `${name}（已停用）`,
            }))}
            placeholder="选择门店"
            optionFilterProp="label"
          />
        </Form.Item>
      </Form>
      <RefusalAlert error={give.error} />
    </Modal>
  )
}
