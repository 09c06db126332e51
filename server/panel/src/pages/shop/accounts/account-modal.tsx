import { Form, Input, Radio, Select, Switch } from 'antd'
import { useState } from 'react'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { useStores } from '../../../api/use-stores.ts'
import { useWrite } from '../../../api/use-write.ts'
import { FormModal } from '../../../pieces/editing/form-modal.tsx'
import { Outdated, outdatedIn } from '../../../pieces/editing/outdated.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import type { Account } from './types.ts'

interface Props {
  account: Account | 'new'
  onAdded: (given: Reply<'POST /admin/accounts'>) => void
  onClose: () => void
}

type Fields = Pick<Account, 'name' | 'role' | 'active'> & { login: string; everywhere: boolean; stores: number[] }
type Saved = Pick<Account, 'name' | 'role' | 'storeIds' | 'active'>

const labels = { name: '姓名', role: '角色', storeIds: '管哪些门店', active: '可以登录' }

const asFields = ({ storeIds, ...saved }: Saved) => ({
  ...saved,
  everywhere: storeIds === null,
  stores: storeIds ?? [],
})

/** The server refuses an owner confined to stores. */
const asSaved = ({ name, role, active, everywhere, stores }: Fields): Saved => ({
  name,
  role,
  active,
  storeIds: everywhere || role === 'owner' ? null : stores,
})

const blank: Saved = { name: '', role: 'manager', storeIds: null, active: true }

export function AccountModal({ account, onAdded, onClose }: Props) {
  const [form] = Form.useForm<Fields>()
  const isNew = account === 'new'
  const [opened, setOpened] = useState<Saved & { revision: string }>(isNew ? { ...blank, revision: '' } : account)
  const { stores, storeName } = useStores()
  const roles = useRoles()
  const done = useDone()
  const changes = ['GET /admin/accounts', 'GET /admin/roles'] as const
  const add = useWrite('POST /admin/accounts', { withId: true, changes: [...changes] })
  const patch = useWrite('PATCH /admin/accounts/:login', { withId: false, changes: [...changes] })
  const change = ({ name, role, storeIds, active }: Saved, revision = opened.revision) =>
    patch.send({ login: isNew ? '' : account.login, name, role, storeIds, active, revision }, () => {
      done('账号已保存')
      onClose()
    })
  const save = (fields: Fields) => {
    const { name, role, storeIds } = asSaved(fields)
    if (!isNew) return change({ ...asSaved(fields), active: fields.active })
    return add.send({ login: fields.login, name, role, storeIds }, (given) => {
      onClose()
      onAdded(given)
    })
  }
  const role = Form.useWatch('role', form)
  const everywhere = Form.useWatch('everywhere', form)
  const comparison = outdatedIn(patch.error) && (
    <Outdated<Saved>
      error={patch.error}
      opened={opened}
      mine={() => asSaved(form.getFieldsValue())}
      labels={labels}
      text={(name, value) => textOf(name, value as Saved[typeof name], { roles, storeName })}
      onKeep={change}
      onTake={(now, revision) => {
        form.setFieldsValue(asFields(now))
        setOpened({ ...now, revision })
        patch.reset()
      }}
    />
  )
  return (
    <FormModal
      title={isNew ? '新增账号' : `修改账号「${account.login}」`}
      okText={isNew ? '新增' : '保存'}
      form={form}
      initial={asFields(isNew ? blank : account)}
      write={isNew ? add : patch}
      refusal={comparison}
      onSave={save}
      onClose={onClose}
    >
      {isNew && (
        <Form.Item
          name="login"
          label="账号"
          extra="3 到 40 位小写字母、数字、点、横线或下划线，登录时用；以后不能改"
          rules={[{ required: true, pattern: /^\s*[A-Za-z0-9][\w.-]{2,39}\s*$/, message: '请按下面的说明填写账号' }]}
        >
          <Input maxLength={40} autoComplete="off" placeholder="例如：chen.dong" />
        </Form.Item>
      )}
      <Form.Item name="name" label={labels.name} rules={[{ required: true, whitespace: true, message: '还没有填' }]}>
        <Input maxLength={20} placeholder="例如：陈东" />
      </Form.Item>
      <Form.Item name="role" label={labels.role} extra={roles.find(({ value }) => value === role)?.hint}>
        <Select options={roles} />
      </Form.Item>
      <Form.Item name="everywhere" label={labels.storeIds} hidden={role === 'owner'}>
        <Radio.Group
          aria-label={labels.storeIds}
          options={[
            { value: true, label: '全部门店' },
            { value: false, label: '只管这些门店' },
          ]}
        />
      </Form.Item>
      {everywhere === false && role !== 'owner' && (
        <Form.Item
          name="stores"
          extra="只能看会员，处理这些门店的员工、兑换订单和退货；全店的设置、规则和报表不可用"
          rules={[{ required: true, message: '至少选一家门店' }]}
        >
          <Select
            mode="multiple"
            placeholder="选择门店"
            aria-label="门店"
            optionFilterProp="label"
            options={stores.map(({ storeId, name }) => ({ value: storeId, label: name }))}
          />
        </Form.Item>
      )}
      {!isNew && (
        <Form.Item name="active" label={labels.active} extra="关掉后马上退出，不能再登录；做过的事仍留在审计日志里">
          <Switch checkedChildren="可以" unCheckedChildren="停用" />
        </Form.Item>
      )}
    </FormModal>
  )
}

/** Roles to choose from, those that every shop has first. */
function useRoles() {
  const { data } = useRead('GET /admin/roles', {})
  const builtIn = data?.builtIn.map(({ role, text, hint }) => ({ value: role, label: text, hint })) ?? []
  const own = data?.own.map(({ roleId, name }) => ({ value: `own/${roleId}`, label: name, hint: '自定义角色' })) ?? []
  return [...builtIn, ...own]
}

interface Names {
  roles: ReturnType<typeof useRoles>
  storeName: (storeId: number) => string
}

function textOf(name: keyof Saved, value: Saved[keyof Saved], { roles, storeName }: Names): string {
  if (name === 'role') return roles.find((role) => role.value === value)?.label ?? String(value)
  if (name === 'active') return value ? '可以' : '停用'
  if (name === 'storeIds') return (value as number[] | null)?.map(storeName).join('、') ?? '全部门店'
  return String(value)
}
