import { CheckOutlined, PlusOutlined } from '@ant-design/icons'
import { App, Button, Skeleton, Space, Table } from 'antd'
import { useState } from 'react'
import { useRead } from '../../../api/use-read.ts'
import { useWrite } from '../../../api/use-write.ts'
import { Card } from '../../../pieces/card.tsx'
import { danger } from '../../../pieces/danger.ts'
import { RefusalAlert, sayError } from '../../../pieces/refusal-alert.tsx'
import { Scrolling } from '../../../pieces/scrolling.tsx'
import { Unseen } from '../../../pieces/unseen.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import { RoleModal } from './role-modal.tsx'
import type { OwnRole } from './types.ts'

/** What every role may do, as one table: permissions down, roles across. */
export function Roles() {
  const { data, error, refetch } = useRead('GET /admin/roles', {})
  const [open, setOpen] = useState<OwnRole | 'new' | null>(null)
  const remove = useRemoval()
  if (!data)
    return (
      <Card title="角色与权限">
        {error ? <RefusalAlert error={error} onRetry={() => refetch()} /> : <Skeleton active title={false} />}
      </Card>
    )
  const roles = [
    ...data.builtIn.map((role) => ({ key: role.role, text: role.text, permissions: role.permissions, own: null })),
    ...data.own.map((own) => ({ key: `own/${own.roleId}`, text: own.name, permissions: own.permissions, own })),
  ]
  const columns = [
    { title: '权限', dataIndex: 'text', className: 'wordy' },
    ...roles.map(({ key, text, permissions, own }) => ({
      title: own ? <OwnTitle role={own} onEdit={() => setOpen(own)} onRemove={() => remove(own)} /> : text,
      key,
      align: 'center' as const,
      render: (_: unknown, { permission }: { permission: string }) =>
        permissions.includes(permission) ? (
          <>
            <CheckOutlined style={{ color: 'var(--green)' }} />
            <Unseen>可以</Unseen>
          </>
        ) : (
          <span className="soft">
            —<Unseen>不可以</Unseen>
          </span>
        ),
    })),
  ]
  return (
    <Card
      title="角色与权限"
      extra={
        <Button icon={<PlusOutlined />} onClick={() => setOpen('new')}>
          新增角色
        </Button>
      }
    >
      <Scrolling name="角色与权限">
        <Table
          aria-label="角色与权限"
          size="small"
          rowKey="permission"
          pagination={false}
          dataSource={data.permissions}
          columns={columns}
          className="rows"
        />
      </Scrolling>
      {open && <RoleModal role={open} permissions={data.permissions} onClose={() => setOpen(null)} />}
    </Card>
  )
}

interface OwnTitleProps {
  role: OwnRole
  onEdit: () => void
  onRemove: () => void
}

function OwnTitle({ role, onEdit, onRemove }: OwnTitleProps) {
  return (
    <Space orientation="vertical" size={0}>
      {role.name}
      <Space size={4}>
        <Button type="link" size="small" onClick={onEdit} aria-label={`修改角色「${role.name}」`}>
          修改
        </Button>
        <Button type="link" size="small" danger onClick={onRemove} aria-label={`删除角色「${role.name}」`}>
          删除
        </Button>
      </Space>
    </Space>
  )
}

function useRemoval() {
  const { modal, message } = App.useApp()
  const done = useDone()
  const remove = useWrite('DELETE /admin/roles/:roleId', { withId: false, changes: ['GET /admin/roles'] })
  return ({ roleId, name, accounts }: OwnRole) =>
    modal.confirm({
      title: `删除角色「${name}」？`,
      content: accounts > 0 ? `还有 ${accounts} 个账号使用它，要先给他们换角色。` : '没有账号使用它，可以放心删除。',
      okText: '删除',
      ...danger,
      cancelText: '再想想',
      onOk: () =>
        remove.send(
          { roleId },
          () => done('已删除'),
          (error) => message.error(sayError(error)),
        ),
    })
}
