import { LockOutlined, UserOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Input } from 'antd'
import { call } from '../api/call.ts'
import { sayError } from '../pieces/refusal-alert.tsx'

interface Props {
  /** The previous login: only the password is requested. */
  login?: string
  onDone: () => unknown
}

export function LoginForm({ login, onDone }: Props) {
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (input: { login: string; password: string }) => call('POST /admin/session', input),
    onSuccess: onDone,
  })
  return (
    <Form
      layout="vertical"
      size="large"
      initialValues={{ login }}
      onFinish={mutate}
      onValuesChange={() => error && reset()}
    >
      <Form.Item name="login" label="账号" rules={[{ required: true, message: '请输入账号' }]}>
        <Input prefix={<UserOutlined />} autoComplete="username" autoFocus={!login} readOnly={login !== undefined} />
      </Form.Item>
      <Form.Item name="password" label="密码" rules={[{ required: true, message: '请输入密码' }]}>
        <Input.Password prefix={<LockOutlined />} autoComplete="current-password" />
      </Form.Item>
      {error && <Alert type="error" showIcon title={sayError(error)} style={{ marginBottom: 16 }} />}
      <Button type="primary" htmlType="submit" block loading={isPending}>
        登录
      </Button>
    </Form>
  )
}
