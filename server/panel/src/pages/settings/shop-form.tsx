import { Button, Card, Form, Input, Skeleton, Switch } from 'antd'
import type { Reply } from '../../api/call.ts'
import { useRead } from '../../api/use-read.ts'
import { useWrite } from '../../api/use-write.ts'
import { RefusalAlert } from '../../pieces/refusal-alert.tsx'
import { useDone } from '../../pieces/use-done.tsx'

type Settings = Reply<'GET /admin/settings'>

export function ShopForm() {
  const { data, error, refetch } = useRead('GET /admin/settings', {})
  return (
    <Card title="店铺">
      <RefusalAlert error={error} onRetry={refetch} />
      {!data && !error && <Skeleton active />}
      {data && <Fields key={JSON.stringify(data)} settings={data} />}
    </Card>
  )
}

function Fields({ settings }: { settings: Settings }) {
  const done = useDone()
  const put = useWrite('PUT /admin/settings', { withId: false, changes: ['GET /admin/settings', 'GET /shop'] })
  const save = (now: Settings) => put.send(now, () => done('设置已保存', () => put.mutateAsync(settings)))
  return (
    <Form layout="vertical" initialValues={settings} onFinish={save}>
      <Form.Item name="name" label="店铺名称" rules={[{ required: true, whitespace: true, message: '还没有填' }]}>
        <Input maxLength={20} showCount />
      </Form.Item>
      <Form.Item name="notice" label="公告" extra="显示在小程序首页，留空则不显示">
        <Input.TextArea rows={3} maxLength={200} showCount placeholder="例如：双十一期间全场积分双倍" />
      </Form.Item>
      <Form.Item
        name="servicePhone"
        label="客服电话"
        rules={[{ pattern: /^[0-9+ -]*$/, message: '只能有数字、空格、+ 和 -' }]}
      >
        <Input maxLength={20} style={{ maxWidth: 260 }} />
      </Form.Item>
      <Form.Item
        name="cards"
        label="实体会员卡"
        valuePropName="checked"
        extra="打开后，收银台可以扫会员卡，会员可以在小程序里挂失"
      >
        <Switch />
      </Form.Item>
      <RefusalAlert error={put.error} />
      <Button type="primary" htmlType="submit" loading={put.isPending}>
        保存
      </Button>
    </Form>
  )
}
