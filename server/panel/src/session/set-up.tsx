import { Button, Card } from 'antd'
import { call } from '../api/call.ts'
import { forgetSession, queryClient, type Session, sessionKey } from '../api/query-client.ts'
import { useTitle } from '../pieces/use-title.ts'
import { PasswordForm } from './password-form.tsx'
import { SecondFactorSetUp } from './second-factor-set-up.tsx'
import './set-up.css'

const readSession = () => queryClient.invalidateQueries({ queryKey: sessionKey })

const titles = {
  password: '先设一个自己的密码',
  'common-password': '先换一个不容易猜中的密码',
  'second-factor': '先开启两步验证',
}

/** What an account must do before it sees the panel. */
export function SetUp({ session: { name, due } }: { session: Session }) {
  const title = titles[due ?? 'second-factor']
  useTitle(title)
  return (
    <main className="set-up">
      <Card className="set-up-card">
        <h1>{title}</h1>
        {due === 'password' ? (
          <>
            <p className="soft">{name}，您好。一次性密码只用来登录这一次，请换成只有您自己知道的密码。</p>
            <PasswordForm present="一次性密码" onDone={readSession} />
          </>
        ) : due === 'common-password' ? (
          <>
            <p className="soft">
              {name}，您好。您现在的密码和网上公开的泄露密码一样，或者很像，别人容易猜中。请换一个只有您自己知道的密码。
            </p>
            <PasswordForm onDone={readSession} />
          </>
        ) : (
          <>
            <p className="soft">{name}，您好。店里要求您的角色登录时多一道验证，两分钟就能设置好。</p>
            <SecondFactorSetUp onDone={readSession} />
          </>
        )}
        <Button
          type="link"
          onClick={() => call('DELETE /admin/session').finally(forgetSession)}
          className="set-up-leave"
        >
          退出登录
        </Button>
      </Card>
    </main>
  )
}
