import { Checkbox, Form, Input } from 'antd'
import { useState } from 'react'
import type { Input as InputOf, Reply } from '../../../api/call.ts'
import { useWrite } from '../../../api/use-write.ts'
import { FormModal } from '../../../pieces/editing/form-modal.tsx'
import { Outdated, outdatedIn } from '../../../pieces/editing/outdated.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import type { OwnRole } from './types.ts'

interface Props {
  role: OwnRole | 'new'
  permissions: Reply<'GET /admin/roles'>['permissions']
  onClose: () => void
}

type Fields = Pick<InputOf<'POST /admin/roles'>, 'name' | 'permissions'>

const labels = { name: '名称', permissions: '可以做什么' }

export function RoleModal({ role, permissions, onClose }: Props) {
  const [form] = Form.useForm<Fields>()
  const isNew = role === 'new'
  const [opened, setOpened] = useState<Fields & { revision: string }>(
    isNew ? { name: '', permissions: [], revision: '' } : { ...fieldsOf(role), revision: role.revision },
  )
  const done = useDone()
  const changes = ['GET /admin/roles', 'GET /admin/accounts'] as const
  const add = useWrite('POST /admin/roles', { withId: true, changes: [...changes] })
  const patch = useWrite('PATCH /admin/roles/:roleId', { withId: false, changes: [...changes] })
  const finish = () => {
    done('角色已保存')
    onClose()
  }
  const change = ({ name, permissions: allowed }: Fields, revision = opened.revision) =>
    patch.send({ roleId: isNew ? 0 : role.roleId, name, permissions: allowed, revision }, finish)
  const comparison = outdatedIn(patch.error) && (
    <Outdated<Fields>
      error={patch.error}
      opened={opened}
      mine={() => form.getFieldsValue()}
      labels={labels}
      text={(name, value) =>
        name === 'name'
          ? String(value)
          : permissions
              .filter(({ permission }) => (value as string[]).includes(permission))
              .map(({ text }) => text)
              .join('、')
      }
      onKeep={change}
      onTake={(now, revision) => {
        form.setFieldsValue(now)
        setOpened({ ...now, revision })
        patch.reset()
      }}
    />
  )
  return (
    <FormModal
      title={isNew ? '新增角色' : `修改角色「${role.name}」`}
      form={form}
      initial={isNew ? { name: '', permissions: [] } : fieldsOf(role)}
      write={isNew ? add : patch}
      refusal={comparison}
      onSave={(fields) => (isNew ? add.send(fields, finish) : change(fields))}
      onClose={onClose}
    >
      <Form.Item name="name" label={labels.name} rules={[{ required: true, whitespace: true, message: '还没有填' }]}>
        <Input maxLength={12} placeholder="例如：活动专员" />
      </Form.Item>
      <Form.Item
        name="permissions"
        label={labels.permissions}
        rules={[{ required: true, message: '至少选一项' }]}
        extra="带「门店」的，限定门店的账号也能用"
      >
        <Checkbox.Group
          style={{ display: 'grid', gridTemplateColumns: 'repeat(2, minmax(0, 1fr))', gap: 8 }}
          options={permissions.map(({ permission, text, confined }) => ({
            value: permission,
            label: confined ? `${text}（门店）` : text,
          }))}
        />
      </Form.Item>
    </FormModal>
  )
}

const fieldsOf = ({ name, permissions }: OwnRole): Fields => ({
  name,
  permissions: permissions as Fields['permissions'],
})
