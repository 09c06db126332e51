import { Button, Modal } from 'antd'
import { useRef } from 'react'
import { forgetSession, queryClient, type Session } from '../api/query-client.ts'
import { focusFirstField } from '../pieces/editing/first-field.ts'
import { LoginForm } from './login-form.tsx'

/** Shown over the page whose session has ended, so that its input stays. Another person starts from an empty page. */
export function LoginAgain({ login }: Pick<Session, 'login'>) {
  const box = useRef<HTMLDivElement>(null)
  return (
    <Modal
      open
      title="登录已过期，请重新登录"
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={null}
      width={420}
      zIndex={2_000}
      afterOpenChange={(isOpen) => isOpen && focusFirstField(box.current)}
    >
      <div ref={box}>
        <p className="soft">登录后回到这里，填写的内容都还在。</p>
        <LoginForm login={login} onDone={() => queryClient.invalidateQueries()} />
        <Button type="link" block onClick={forgetSession} style={{ marginTop: 8 }}>
          换个账号登录
        </Button>
      </div>
    </Modal>
  )
}
