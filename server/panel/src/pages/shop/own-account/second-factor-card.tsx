import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { queryClient, sessionKey } from '../../../api/query-client.ts'
import { useWrite } from '../../../api/use-write.ts'
import { Card } from '../../../pieces/card.tsx'
import { FormModal } from '../../../pieces/editing/form-modal.tsx'
import { Mark } from '../../../pieces/mark.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import { SecondFactorSetUp } from '../../../session/second-factor-set-up.tsx'
import { useSession } from '../../../session/use-session.ts'

const readSession = () => queryClient.invalidateQueries({ queryKey: sessionKey })

export function SecondFactorCard() {
  const isOn = useSession().session?.secondFactor ?? false
  const [open, setOpen] = useState<'set-up' | 'end' | null>(null)
  const finish = () => {
    setOpen(null)
    return readSession()
  }
  return (
    <Card title="两步验证" extra={isOn && <Mark tone="green">已开启</Mark>}>
      <p className="soft">登录时除了密码，还要输入手机验证器上的 6 位数字；密码被人知道了也登不进来。</p>
      {open === 'set-up' ? (
        <SecondFactorSetUp onDone={finish} />
      ) : isOn ? (
        <>
          <Button onClick={() => setOpen('set-up')}>换一部手机，重新设置</Button>{' '}
          <Button danger onClick={() => setOpen('end')}>
            关闭两步验证
          </Button>
        </>
      ) : (
        <Button type="primary" onClick={() => setOpen('set-up')}>
          开启两步验证
        </Button>
      )}
      {open === 'end' && <EndModal onClose={() => setOpen(null)} />}
    </Card>
  )
}

function EndModal({ onClose }: { onClose: () => void }) {
  const [form] = Form.useForm<{ password: string }>()
  const done = useDone()
  const end = useWrite('POST /admin/session/second-factor/end', { withId: false, changes: ['GET /admin/session'] })
  return (
    <FormModal
      title="关闭两步验证？"
      okText="关闭"
      danger
      form={form}
      write={end}
      onSave={({ password }) =>
        end.send({ password }, () => {
          done('两步验证已关闭')
          onClose()
        })
      }
      onClose={onClose}
    >
      <p>关闭后只凭密码就能登录，原来的恢复码也作废。</p>
      <Form.Item name="password" label="当前密码" rules={[{ required: true, message: '请输入当前密码' }]}>
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
    </FormModal>
  )
}
