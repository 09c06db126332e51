import { Form, Radio, Select } from 'antd'
import { useState } from 'react'
import type { Reply } from '../../../api/call.ts'
import { useStores } from '../../../api/use-stores.ts'
import { useWrite } from '../../../api/use-write.ts'
import { FormModal } from '../../../pieces/editing/form-modal.tsx'
import { Outdated, outdatedIn } from '../../../pieces/editing/outdated.tsx'
import { FindMember } from '../../../pieces/find-member.tsx'
import { optionsOf } from '../../../pieces/options.ts'
import { roles } from '../../../pieces/roles.ts'
import { useDone } from '../../../pieces/use-done.tsx'
import type { StaffMember } from './types.ts'

type Post = Pick<StaffMember, 'role' | 'storeIds'>
type Fields = Post & Pick<StaffMember, 'memberId'>

const labels = { role: '职务', storeIds: '在哪些门店' }

/** The stores to choose from: open ones, and those where the person works already. */
const workplaces = (stores: Reply<'GET /admin/stores'>['rows'], present: readonly number[]) =>
  stores
    .filter(({ storeId, open }) => open || present.includes(storeId))
    .map(({ storeId, name, open }) => ({ value: storeId, label: open ? name : `${name}（已停用）` }))

export function StaffModal({ staff, onClose }: { staff: StaffMember | 'new'; onClose: () => void }) {
  const [form] = Form.useForm<Fields>()
  const { stores, storeName } = useStores()
  const isNew = staff === 'new'
  const options = workplaces(stores, isNew ? [] : staff.storeIds)
  const blank: Post = { role: 'clerk', storeIds: options.length === 1 ? [options[0]!.value] : [] }
  const [opened, setOpened] = useState<Post & { revision: string | null }>(isNew ? { ...blank, revision: null } : staff)
  const done = useDone()
  const give = useWrite('PUT /admin/staff/:memberId', { withId: false, changes: ['GET /admin/staff'] })
  const memberId = () => (isNew ? form.getFieldValue('memberId') : staff.memberId)
  const save = ({ role, storeIds }: Post, revision = opened.revision) =>
    give.send({ memberId: memberId(), role, storeIds, revision }, () => {
      done('员工已保存，对方重新进入小程序即可看到店员端')
      onClose()
    })
  const comparison = outdatedIn(give.error) && (
    <Outdated<Post>
      error={give.error}
      opened={opened}
      mine={() => form.getFieldsValue()}
      labels={labels}
      text={(name, value) =>
        name === 'role' ? roles[value as Post['role']] : (value as number[]).map(storeName).join('、') || '无'
      }
      onKeep={save}
      onTake={(now, revision) => {
        form.setFieldsValue(now)
        setOpened({ ...now, revision })
        give.reset()
      }}
    />
  )
  return (
    <FormModal
      title={isNew ? '添加员工' : `修改 ${staff.nickname} 的职务`}
      form={form}
      initial={isNew ? blank : staff}
      write={give}
      refusal={comparison}
      onSave={(fields) => save(fields)}
      onClose={onClose}
    >
      {isNew && (
        <Form.Item name="memberId" label="哪位会员" rules={[{ required: true, message: '请先找到这位会员' }]}>
          <FindMember />
        </Form.Item>
      )}
      <Form.Item name="role" label={labels.role}>
        <Radio.Group aria-label={labels.role} options={optionsOf(roles)} />
      </Form.Item>
      <Form.Item name="storeIds" label={labels.storeIds} rules={[{ required: true, message: '至少选一家门店' }]}>
        <Select mode="multiple" options={options} placeholder="选择门店" optionFilterProp="label" />
      </Form.Item>
    </FormModal>
  )
}
