import { LockOutlined, SafetyOutlined, UserOutlined } from '@ant-design/icons'
import { refusedBy } from '@pointbook/shared/client'
import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { call, type Input as InputOf } from '../api/call.ts'
import { sayError } from '../pieces/refusal-alert.tsx'

interface Props {
  /** The previous login: only the password is requested. */
  login?: string
  onDone: () => unknown
}

const asksForCode = (error: unknown) =>
  refusedBy<'POST /admin/session'>(error, 'login.code-missing') ||
  refusedBy<'POST /admin/session'>(error, 'login.code-wrong')

export function LoginForm({ login, onDone }: Props) {
  const [codeAsked, askForCode] = useState(false)
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (input: InputOf<'POST /admin/session'>) => call('POST /admin/session', input),
    onSuccess: onDone,
    onError: (refusal) => askForCode((asked) => asked || asksForCode(refusal)),
  })
  const isFirstStep = refusedBy<'POST /admin/session'>(error, 'login.code-missing')
  return (
    <Form
      name="log-in"
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
      {codeAsked && (
        <Form.Item
          name="code"
          label="验证码"
          extra="打开手机上的验证器，输入 6 位数字。手机不在身边时，输入一个恢复码"
          rules={[{ required: true, message: '请输入验证码' }]}
        >
          <Input prefix={<SafetyOutlined />} autoComplete="one-time-code" autoFocus maxLength={20} />
        </Form.Item>
      )}
      {error && !isFirstStep && <Alert type="error" showIcon title={sayError(error)} style={{ marginBottom: 16 }} />}
      <Button type="primary" htmlType="submit" block loading={isPending}>
        登录
      </Button>
    </Form>
  )
}
