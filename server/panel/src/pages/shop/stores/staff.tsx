import { PlusOutlined } from '@ant-design/icons'
import { App, Space } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useRead } from '../../../api/use-read.ts'
import { useStores } from '../../../api/use-stores.ts'
import { useWrite } from '../../../api/use-write.ts'
import { Act } from '../../../pieces/act.tsx'
import { Card } from '../../../pieces/card.tsx'
import { danger } from '../../../pieces/danger.ts'
import { Mark } from '../../../pieces/mark.tsx'
import { MemberCell } from '../../../pieces/member-cell.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { roles } from '../../../pieces/roles.ts'
import { Rows } from '../../../pieces/rows.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import { When } from '../../../pieces/when.tsx'
import { StaffModal } from './staff-modal.tsx'
import type { StaffMember } from './types.ts'

export function Staff() {
  const query = useRead('GET /admin/staff', {})
  const { storeName } = useStores()
  const [open, setOpen] = useState<StaffMember | 'new' | null>(null)
  const columns = [
    {
      title: '员工',
      render: (_: unknown, row: StaffMember) => (
        <Link to={`/members/${row.memberId}`} style={{ color: 'inherit' }}>
          <MemberCell nickname={row.nickname} memberNo={row.memberNo} />
        </Link>
      ),
    },
    { title: '手机', dataIndex: 'phoneMasked', className: 'digits' },
    {
      title: '职务',
      dataIndex: 'role',
      render: (role: StaffMember['role']) => <Mark tone={role === 'manager' ? 'gold' : 'green'}>{roles[role]}</Mark>,
    },
    {
      title: '门店',
      dataIndex: 'storeIds',
      className: 'wordy',
      render: (ids: number[]) => ids.map(storeName).join('、'),
    },
    { title: '任职时间', dataIndex: 'since', render: (at: string) => <When at={at} /> },
    {
      title: '操作',
      align: 'right' as const,
      render: (_: unknown, row: StaffMember) => (
        <Space>
          <Act op="PUT /admin/staff/:memberId" type="link" size="small" onClick={() => setOpen(row)}>
            修改
          </Act>
          <TakeAway member={row} />
        </Space>
      ),
    },
  ]
  return (
    <Card
      title="员工"
      extra={
        <Act op="PUT /admin/staff/:memberId" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
          添加员工
        </Act>
      }
    >
      <Rows<StaffMember>
        name="员工"
        query={query}
        columns={columns}
        rowKey={({ memberId }) => memberId}
        empty={<Nothing title="还没有员工" hint="请员工先在小程序里注册成会员，再到这里添加" />}
      />
      {open && <StaffModal staff={open} onClose={() => setOpen(null)} />}
    </Card>
  )
}

function TakeAway({ member: { memberId, nickname, role, storeIds } }: { member: StaffMember }) {
  const { modal } = App.useApp()
  const done = useDone()
  const remove = useWrite('DELETE /admin/staff/:memberId', { withId: false, changes: ['GET /admin/staff'] })
  const give = useWrite('PUT /admin/staff/:memberId', { withId: false, changes: ['GET /admin/staff'] })
  const takeAway = async () => {
    await remove.mutateAsync({ memberId })
    done(`${nickname} 不再是${roles[role]}`, () => give.mutateAsync({ memberId, role, storeIds, revision: null }))
  }
  const ask = () =>
    modal.confirm({
      title: `取消 ${nickname} 的${roles[role]}职务？`,
      content: '马上生效，对方的店员端会立即退出；会员身份和积分不受影响。',
      okText: '取消职务',
      ...danger,
      cancelText: '再想想',
      onOk: takeAway,
    })
  return (
    <Act op="DELETE /admin/staff/:memberId" type="link" size="small" danger onClick={ask}>
      取消职务
    </Act>
  )
}
