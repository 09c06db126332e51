import { Form, Radio } from 'antd'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { useWrite } from '../../../api/use-write.ts'
import { Card } from '../../../pieces/card.tsx'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { useDone } from '../../../pieces/use-done.tsx'

const label = '谁必须开启两步验证'
const options: { value: Reply<'GET /admin/accounts'>['demanded']; label: string }[] = [
  { value: 'nobody', label: '不要求' },
  { value: 'owner-finance', label: '店主和财务' },
  { value: 'everybody', label: '所有人' },
]

/** Who must use a second factor. */
export function FactorRule() {
  const { data } = useRead('GET /admin/accounts', {})
  const done = useDone()
  const put = useWrite('PUT /admin/accounts-rule', {
    withId: false,
    changes: ['GET /admin/accounts', 'GET /admin/session'],
  })
  return (
    <Card title="登录要求">
      <Form.Item
        label={label}
        colon={false}
        extra="被要求而还没有设置的人，下次打开后台时要先用手机验证器设置好才能继续"
        style={{ marginBottom: 0 }}
      >
        <Radio.Group
          aria-label={label}
          optionType="button"
          value={data?.demanded}
          disabled={!data || put.isPending}
          options={options}
          onChange={({ target }) => put.send({ demanded: target.value }, () => done('登录要求已保存'))}
        />
      </Form.Item>
      <RefusalAlert error={put.error} />
    </Card>
  )
}
