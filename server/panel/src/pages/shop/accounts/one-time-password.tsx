import { Alert, Modal, Typography } from 'antd'
import type { Reply } from '../../../api/call.ts'
import { atMinute } from '../../../pieces/when.tsx'

/** The password is shown only once, so the dialog does not close by accident. */
export function OneTimePassword({
  login,
  password,
  endsAt,
  onClose,
}: Reply<'POST /admin/accounts'> & { onClose: () => void }) {
  return (
    <Modal
      open
      title="一次性密码"
      okText="我已转告对方"
      onOk={onClose}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={(_, { OkBtn }) => <OkBtn />}
    >
      <Alert type="warning" showIcon title="密码只显示这一次，请现在就当面或电话告诉对方" />
      <p>
        <span className="soft">账号</span>{' '}
        <Typography.Text code copyable>
          {login}
        </Typography.Text>
      </p>
      <p>
        <span className="soft">一次性密码</span>{' '}
        <Typography.Text code copyable style={{ fontSize: 18 }}>
          {password}
        </Typography.Text>
      </p>
      <p className="soft">{atMinute(endsAt)} 前有效。对方第一次登录后，要换成自己的密码才能继续用。</p>
    </Modal>
  )
}
