import { Form, Input } from 'antd'
import { useWrite } from '../../../api/use-write.ts'
import { FormModal } from '../../../pieces/editing/form-modal.tsx'
import { useDone } from '../../../pieces/use-done.tsx'

interface Props {
  /** The log-in to end; null for all but this one. */
  sessionId: string | null
  onClose: () => void
}

/** Asks for the password again, so that somebody at an open panel cannot throw its owner out. */
export function EndLogInModal({ sessionId, onClose }: Props) {
  const [form] = Form.useForm<{ password: string }>()
  const done = useDone()
  const changes = ['GET /admin/sessions'] as const
  const end = useWrite('POST /admin/sessions/:sessionId/end', { withId: false, changes: [...changes] })
  const endOthers = useWrite('POST /admin/sessions/end-others', { withId: false, changes: [...changes] })
  const finish = (text: string) => {
    done(text)
    onClose()
  }
  const save = ({ password }: { password: string }) =>
    sessionId === null
      ? endOthers.send({ password }, ({ ended }) => finish(`已让其他 ${ended} 个登录退出`))
      : end.send({ sessionId, password }, () => finish('已让那台设备退出'))
  return (
    <FormModal
      title={sessionId === null ? '让其他登录全部退出？' : '让这台设备退出？'}
      okText={sessionId === null ? '全部退出' : '让它退出'}
      danger
      form={form}
      write={sessionId === null ? endOthers : end}
      onSave={save}
      onClose={onClose}
    >
      <p>退出后要重新输入密码才能登录，下次登录会当作新设备提醒您。</p>
      <Form.Item name="password" label="当前密码" rules={[{ required: true, message: '请输入当前密码' }]}>
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
    </FormModal>
  )
}
