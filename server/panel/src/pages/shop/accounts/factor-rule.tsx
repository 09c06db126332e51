import { Form, Switch } from 'antd'
import { useRead } from '../../../api/use-read.ts'
import { useWrite } from '../../../api/use-write.ts'
import { Card } from '../../../pieces/card.tsx'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { useDone } from '../../../pieces/use-done.tsx'

/** Whether owners and finance must use a second factor. */
export function FactorRule() {
  const { data } = useRead('GET /admin/accounts', {})
  const done = useDone()
  const put = useWrite('PUT /admin/accounts-rule', {
    withId: false,
    changes: ['GET /admin/accounts', 'GET /admin/session'],
  })
  const change = (demanded: boolean) =>
    put.send({ demanded }, () => done(demanded ? '已要求两步验证' : '不再要求两步验证'))
  return (
    <Card title="登录要求">
      <Form.Item
        label="店主和财务必须开启两步验证"
        colon={false}
        extra="开启后，还没有设置的人下次打开后台时，要先用手机验证器设置好才能继续"
        style={{ marginBottom: 0 }}
      >
        <Switch
          checked={data?.demanded ?? false}
          disabled={!data}
          loading={put.isPending}
          onChange={change}
          aria-label="店主和财务必须开启两步验证"
        />
      </Form.Item>
      <RefusalAlert error={put.error} />
    </Card>
  )
}
