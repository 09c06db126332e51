import { App, Button } from 'antd'
import type { Reply } from '../../../api/call.ts'
import { useWrite } from '../../../api/use-write.ts'
import { danger } from '../../../pieces/danger.ts'
import { sayError } from '../../../pieces/refusal-alert.tsx'
import type { Account } from './types.ts'

interface Props {
  account: Account
  onDone: (given: Reply<'POST /admin/accounts/:login/reset'>) => void
}

export function ResetButton({ account: { login, name }, onDone }: Props) {
  const { modal, message } = App.useApp()
  const reset = useWrite('POST /admin/accounts/:login/reset', { withId: true, changes: ['GET /admin/accounts'] })
  const ask = () =>
    modal.confirm({
      title: `重置「${name}」的密码？`,
      content: '会生成一个一次性密码。对方现有的登录、密码和两步验证马上失效。',
      okText: '重置',
      ...danger,
      cancelText: '再想想',
      onOk: () => reset.send({ login }, onDone, (error) => message.error(sayError(error))),
    })
  return (
    <Button type="link" size="small" danger onClick={ask}>
      重置密码
    </Button>
  )
}
