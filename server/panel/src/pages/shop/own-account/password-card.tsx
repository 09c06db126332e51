import { Card } from '../../../pieces/card.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import { PasswordForm } from '../../../session/password-form.tsx'

export function PasswordCard() {
  const done = useDone()
  return (
    <Card title="修改密码">
      <PasswordForm onDone={() => done('密码已修改，其他设备上的登录已结束')} />
    </Card>
  )
}
