import { Alert, Button, Form, Input, QRCode, Space, Typography } from 'antd'
import { useState } from 'react'
import { useWrite } from '../api/use-write.ts'
import { RefusalAlert } from '../pieces/refusal-alert.tsx'

/** Three steps: the password, the QR code with its first code, the recovery codes. `onDone` comes once these are kept. */
export function SecondFactorSetUp({ onDone }: { onDone: () => void }) {
  const begin = useWrite('POST /admin/session/second-factor', { withId: false, changes: [] })
  const put = useWrite('PUT /admin/session/second-factor', { withId: false, changes: ['GET /admin/sessions'] })
  if (put.data) return <RecoveryCodes codes={put.data.recoveryCodes} onDone={onDone} />
  if (!begin.data)
    return (
      <Form
        name="second-factor"
        layout="vertical"
        onFinish={begin.send}
        onValuesChange={() => begin.error && begin.reset()}
      >
        <Form.Item name="password" label="先确认密码" rules={[{ required: true, message: '请输入密码' }]}>
          <Input.Password autoComplete="current-password" maxLength={200} />
        </Form.Item>
        <RefusalAlert error={begin.error} />
        <Button type="primary" htmlType="submit" loading={begin.isPending}>
          下一步
        </Button>
      </Form>
    )
  const { uri, secret } = begin.data
  return (
    <>
      <p>用手机上的验证器（如腾讯身份验证器、Microsoft Authenticator）扫描二维码，再输入它显示的 6 位数字。</p>
      <Space size={24} align="start" wrap>
        <QRCode value={uri} size={184} bordered={false} />
        <div style={{ maxWidth: 320 }}>
          <div className="soft small">扫不了？在验证器里手动输入密钥</div>
          <Typography.Text code copyable style={{ wordBreak: 'break-all' }}>
            {secret}
          </Typography.Text>
          <Form
            name="second-factor-code"
            layout="vertical"
            onFinish={put.send}
            onValuesChange={() => put.error && put.reset()}
            style={{ marginTop: 16 }}
          >
            <Form.Item name="code" label="验证码" rules={[{ required: true, len: 6, message: '请输入 6 位数字' }]}>
              <Input autoComplete="one-time-code" inputMode="numeric" maxLength={6} />
            </Form.Item>
            <RefusalAlert error={put.error} />
            <Button type="primary" htmlType="submit" loading={put.isPending}>
              开启两步验证
            </Button>
          </Form>
        </div>
      </Space>
    </>
  )
}

function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const [copied, setCopied] = useState(false)
  return (
    <>
      <Alert
        type="warning"
        showIcon
        title="两步验证已开启。请把恢复码抄下来或打印收好，这里只显示这一次"
        description="手机丢了或换了，用一个恢复码代替验证码登录；每个只能用一次。"
        style={{ marginBottom: 16 }}
      />
      <Typography.Paragraph
        copyable={{ text: codes.join('\n'), onCopy: () => setCopied(true) }}
        className="digits"
        style={{ fontSize: 16, lineHeight: 2 }}
      >
        {codes.map((code) => (
          <span key={code} style={{ display: 'inline-block', width: 200 }}>
            {code}
          </span>
        ))}
      </Typography.Paragraph>
      <Button type="primary" onClick={onDone}>
        {copied ? '完成' : '我已收好'}
      </Button>
    </>
  )
}
