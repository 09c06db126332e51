import { PlusOutlined } from '@ant-design/icons'
import { Button, Space } from 'antd'
import { useState } from 'react'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { useStores } from '../../../api/use-stores.ts'
import { Card } from '../../../pieces/card.tsx'
import { Mark } from '../../../pieces/mark.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { Rows } from '../../../pieces/rows.tsx'
import { When } from '../../../pieces/when.tsx'
import { useSession } from '../../../session/use-session.ts'
import { AccountModal } from './account-modal.tsx'
import { OneTimePassword } from './one-time-password.tsx'
import { ResetButton } from './reset-button.tsx'
import type { Account } from './types.ts'

export function Accounts() {
  const query = useRead('GET /admin/accounts', {})
  const { storeName } = useStores()
  const me = useSession().session?.login
  const [open, setOpen] = useState<Account | 'new' | null>(null)
  const [given, setGiven] = useState<Reply<'POST /admin/accounts'> | null>(null)
  const columns = [
    {
      title: '账号',
      className: 'wordy',
      render: (_: unknown, { name, login }: Account) => (
        <>
          <div>
            {name} {login === me && <Mark>我</Mark>}
          </div>
          <div className="soft small">{login}</div>
        </>
      ),
    },
    { title: '角色', dataIndex: 'roleText' },
    {
      title: '门店',
      dataIndex: 'storeIds',
      className: 'wordy',
      render: (storeIds: Account['storeIds']) => storeIds?.map(storeName).join('、') ?? '全部门店',
    },
    { title: '状态', render: (_: unknown, account: Account) => <State account={account} /> },
    {
      title: '两步验证',
      dataIndex: 'secondFactor',
      render: (on: boolean) => (on ? <Mark tone="green">已开启</Mark> : <span className="soft">未开启</span>),
    },
    {
      title: '最近登录',
      dataIndex: 'lastLogInAt',
      render: (at: string | null) => (at ? <When at={at} /> : <span className="soft">还没有登录过</span>),
    },
    {
      title: '操作',
      align: 'right' as const,
      render: (_: unknown, account: Account) => (
        <Space>
          <Button type="link" size="small" onClick={() => setOpen(account)}>
            修改
          </Button>
          {account.login !== me && account.active && <ResetButton account={account} onDone={setGiven} />}
        </Space>
      ),
    },
  ]
  return (
    <Card
      title="账号"
      extra={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
          新增账号
        </Button>
      }
    >
      <Rows<Account>
        name="账号"
        query={query}
        columns={columns}
        rowKey={({ login }) => login}
        empty={<Nothing title="还没有账号" />}
      />
      {open && <AccountModal account={open} onAdded={setGiven} onClose={() => setOpen(null)} />}
      {given && <OneTimePassword {...given} onClose={() => setGiven(null)} />}
    </Card>
  )
}

function State({ account: { active, invited } }: { account: Account }) {
  if (!active) return <Mark>已停用</Mark>
  return invited ? <Mark tone="amber">待设密码</Mark> : <Mark tone="green">正常</Mark>
}
