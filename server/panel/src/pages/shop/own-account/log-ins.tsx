import { Button } from 'antd'
import { useState } from 'react'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { Card } from '../../../pieces/card.tsx'
import { deviceText } from '../../../pieces/device.ts'
import { Mark } from '../../../pieces/mark.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { Rows } from '../../../pieces/rows.tsx'
import { When } from '../../../pieces/when.tsx'
import { EndLogInModal } from './end-log-in-modal.tsx'

type LogIn = Reply<'GET /admin/sessions'>['rows'][number]

export function LogIns() {
  const query = useRead('GET /admin/sessions', {})
  const [ending, setEnding] = useState<{ sessionId: string | null } | null>(null)
  const columns = [
    {
      title: '设备',
      className: 'wordy',
      render: (_: unknown, { device, current }: LogIn) => (
        <>
          {deviceText(device)} {current && <Mark tone="green">本机</Mark>}
        </>
      ),
    },
    { title: '来自', dataIndex: 'address', render: (address: string) => address || '未知地址' },
    { title: '登录时间', dataIndex: 'openedAt', render: (at: string | null) => (at ? <When at={at} /> : '—') },
    { title: '最近使用', dataIndex: 'lastSeenAt', render: (at: string | null) => (at ? <When at={at} /> : '—') },
    {
      title: '操作',
      align: 'right' as const,
      render: (_: unknown, { sessionId, current }: LogIn) =>
        !current && (
          <Button type="link" size="small" danger onClick={() => setEnding({ sessionId })}>
            退出
          </Button>
        ),
    },
  ]
  return (
    <Card
      title="正在登录的设备"
      extra={
        <Button disabled={(query.data?.rows.length ?? 0) < 2} onClick={() => setEnding({ sessionId: null })}>
          退出其他全部
        </Button>
      }
    >
      <Rows<LogIn>
        name="正在登录的设备"
        query={query}
        columns={columns}
        rowKey={({ sessionId }) => sessionId}
        size="small"
        empty={<Nothing title="没有正在登录的设备" />}
      />
      <p className="soft small">半小时没有操作会自动退出；不认识的设备请让它退出，并修改密码。</p>
      {ending && <EndLogInModal {...ending} onClose={() => setEnding(null)} />}
    </Card>
  )
}
