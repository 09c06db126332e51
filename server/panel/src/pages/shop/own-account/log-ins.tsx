import { App, Button } from 'antd'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { useWrite } from '../../../api/use-write.ts'
import { Card } from '../../../pieces/card.tsx'
import { Mark } from '../../../pieces/mark.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { sayError } from '../../../pieces/refusal-alert.tsx'
import { Rows } from '../../../pieces/rows.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import { When } from '../../../pieces/when.tsx'
import { deviceText } from './device.ts'

type LogIn = Reply<'GET /admin/sessions'>['rows'][number]

export function LogIns() {
  const query = useRead('GET /admin/sessions', {})
  const { message } = App.useApp()
  const done = useDone()
  const changes = ['GET /admin/sessions'] as const
  const end = useWrite('POST /admin/sessions/:sessionId/end', { withId: false, changes: [...changes] })
  const endOthers = useWrite('POST /admin/sessions/end-others', { withId: false, changes: [...changes] })
  const say = (error: unknown) => message.error(sayError(error))
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
          <Button
            type="link"
            size="small"
            danger
            onClick={() => end.send({ sessionId }, () => done('已让那台设备退出'), say)}
          >
            退出
          </Button>
        ),
    },
  ]
  return (
    <Card
      title="正在登录的设备"
      extra={
        <Button
          disabled={(query.data?.rows.length ?? 0) < 2}
          loading={endOthers.isPending}
          onClick={() => endOthers.send({}, ({ ended }) => done(`已让其他 ${ended} 个登录退出`), say)}
        >
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
    </Card>
  )
}
