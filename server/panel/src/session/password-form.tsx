import { Button, Form, Input } from 'antd'
import { lazy, type ReactNode, Suspense } from 'react'
import { useWrite } from '../api/use-write.ts'
import { RefusalAlert } from '../pieces/refusal-alert.tsx'

// A meter that does not arrive must not take the form away: the server decides anyway.
const PasswordMeter = lazy(() => import('./password-meter.tsx').catch(() => ({ default: (): ReactNode => null })))

export interface Fields {
  password: string
  newPassword: string
  again: string
}

interface Props {
  /** Another one for a second form on a page. */
  name?: string
  /** What the present password is called. */
  present?: string
  onDone: () => void
}

export function PasswordForm({ name = 'new-password', present = '当前密码', onDone }: Props) {
  const [form] = Form.useForm<Fields>()
  const put = useWrite('PUT /admin/session/password', {
    withId: false,
    changes: ['GET /admin/session', 'GET /admin/sessions'],
  })
  const save = ({ password, newPassword }: Fields) =>
    put.send({ password, newPassword }, () => {
      form.resetFields()
      onDone()
    })
  const isTyped = Boolean(Form.useWatch('newPassword', form))
  return (
    <Form name={name} form={form} layout="vertical" onFinish={save} onValuesChange={() => put.error && put.reset()}>
      <Form.Item name="password" label={present} rules={[{ required: true, message: `请输入${present}` }]}>
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="newPassword"
        label="新密码"
        extra="12 到 128 位。一句自己记得住的话最好，不要用别处用过的密码"
        rules={[
          { required: true, message: '请输入新密码' },
          { min: 12, max: 128, message: '新密码要有 12 到 128 位' },
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={128} />
      </Form.Item>
      {isTyped && (
        <Suspense>
          <PasswordMeter form={form} />
        </Suspense>
      )}
      <Form.Item
        name="again"
        label="再输一次新密码"
        dependencies={['newPassword']}
        rules={[
          { required: true, message: '请再输一次新密码' },
          ({ getFieldValue }) => ({
            validator: (_, again) =>
              !again || again === getFieldValue('newPassword')
                ? Promise.resolve()
                : Promise.reject(new Error('两次输入的新密码不一样')),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={128} />
      </Form.Item>
      <RefusalAlert error={put.error} />
      <Button type="primary" htmlType="submit" loading={put.isPending}>
        保存新密码
      </Button>
    </Form>
  )
}
