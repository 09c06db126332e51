import { Navigate, useSearchParams } from 'react-router'
import { queryClient, sessionKey } from '../api/query-client.ts'
import { Brand } from '../layout/brand.tsx'
import { DemoRibbon } from '../layout/demo-ribbon.tsx'
import { Loading } from '../pieces/loading.tsx'
import { useTitle } from '../pieces/use-title.ts'
import { LoginForm } from './login-form.tsx'
import { useSession } from './use-session.ts'
import './login-page.css'

/** Only a path of ours: an address from elsewhere in `from` must not lead away after the login. */
const safePath = (from: string | null) => (from && /^\/(?!\/)/.test(from) ? from : '/')

export function Component() {
  const { session, isPending } = useSession()
  const [params] = useSearchParams()
  useTitle('登录')

  if (isPending) return <Loading />
  if (session) return <Navigate to={safePath(params.get('from'))} replace />
  return (
    <div className="login">
      <Side />
      <main className="login-main">
        <div className="login-form">
          <h1>商家后台</h1>
          <p>登录后管理会员、积分规则与兑换</p>
          <LoginForm onDone={() => queryClient.invalidateQueries({ queryKey: sessionKey })} />
          <DemoRibbon place="login" />
        </div>
      </main>
    </div>
  )
}

function Side() {
  return (
    <aside className="login-side" aria-label="积分簿">
      <Brand />
      <div>
        <h2>
          每一分都有来处，
          <br />
          每一笔都对得上。
        </h2>
        <p>会员积了多少、花在哪里、何时到期，门店、会员与您看到的是同一本账。</p>
      </div>
      <span />
      <Ledger />
    </aside>
  )
}

/** The brand's picture: a ledger's lines and a balance that rises. */
function Ledger() {
  return (
    <svg className="login-lines" viewBox="0 0 420 320" fill="none" aria-hidden="true">
      {[40, 84, 128, 172, 216, 260].map((y) => (
        <path key={y} d={`M0 ${y}H420`} stroke="#f6f1e4" strokeOpacity=".14" />
      ))}
      <path d="M0 268 C70 262 84 214 140 218 S214 150 268 146 S330 72 420 52" stroke="#d58a35" strokeWidth="3" />
      <circle cx="268" cy="146" r="6" fill="#d58a35" />
    </svg>
  )
}
