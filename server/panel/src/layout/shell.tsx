import { LogoutOutlined, UserOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { App, Avatar, Button, Layout, Tooltip } from 'antd'
import { Suspense, useRef } from 'react'
import { Link, Navigate, Outlet, ScrollRestoration, useLocation } from 'react-router'
import { call } from '../api/call.ts'
import { forgetSession, type Session } from '../api/query-client.ts'
import { danger } from '../pieces/danger.ts'
import { AskBeforeLeaving } from '../pieces/editing/ask-before-leaving.tsx'
import { isAnythingUnsaved } from '../pieces/editing/use-unsaved.ts'
import { Loading } from '../pieces/loading.tsx'
import { NotAllowed } from '../pieces/lost.tsx'
import { RefusalPage } from '../pieces/refusal-alert.tsx'
import { AccountNotices } from '../session/account-notices.tsx'
import { LoginAgain } from '../session/login-again.tsx'
import { SetUp } from '../session/set-up.tsx'
import { useMay } from '../session/use-may.tsx'
import { useSession } from '../session/use-session.ts'
import { Brand } from './brand.tsx'
import { DemoRibbon } from './demo-ribbon.tsx'
import { firstPlace, opOf, SideMenu } from './menu.tsx'
import { useShopEveryMinute } from './use-shop.ts'
import './shell.css'

export function Shell() {
  const { session, isPending, error } = useSession()
  const may = useMay()
  const { pathname, search } = useLocation()
  const { data: shop, error: shopError } = useShopEveryMinute()
  const page = useRef<HTMLElement>(null)
  if (isPending) return <Loading />
  if (error) return <RefusalPage error={error} />
  if (!session) return <Navigate to={`/login?from=${encodeURIComponent(pathname + search)}`} replace />
  if (!shop) return shopError ? <RefusalPage error={shopError} /> : <Loading />
  if (session.due) return <SetUp session={session} />
  const op = opOf(pathname)
  const isOpen = op === null || may(op)
  if (!isOpen && pathname === '/') return <Navigate to={firstPlace(may)} replace />
  return (
    <Layout hasSider className="shell">
      <button type="button" className="shell-skip" onClick={() => page.current?.focus()}>
        跳过菜单
      </button>
      <Layout.Sider
        width={212}
        breakpoint="lg"
        collapsedWidth={64}
        trigger={null}
        className="shell-side"
        aria-label="侧栏"
      >
        <Brand name={shop.name} />
        <nav className="shell-menu" aria-label="菜单">
          <SideMenu />
        </nav>
        <Who name={session.name} roleText={session.roleText} />
      </Layout.Sider>
      <Layout>
        <DemoRibbon place="page" />
        <main className="shell-page" ref={page} tabIndex={-1}>
          <AccountNotices />
          <Suspense fallback={<Loading />}>{isOpen ? <Outlet /> : <NotAllowed />}</Suspense>
        </main>
        <ScrollRestoration />
        <AskBeforeLeaving />
        {session.ended && <LoginAgain login={session.login} />}
      </Layout>
    </Layout>
  )
}

function Who({ name, roleText }: Pick<Session, 'name' | 'roleText'>) {
  const { modal } = App.useApp()
  const logout = useMutation({
    mutationFn: () => call('DELETE /admin/session'),
    onSuccess: forgetSession,
  })
  const ask = () =>
    modal.confirm({
      title: '退出登录？',
      content: isAnythingUnsaved('page') && '填写的内容还没有保存，退出后会丢失。',
      okText: '退出',
      cancelText: '取消',
      focusable: danger.focusable,
      onOk: () => logout.mutateAsync(),
    })
  return (
    <div className="shell-who">
      <Link to="/accounts/own" className="shell-who-own" title="我的账号">
        <Avatar size={28} icon={<UserOutlined />} style={{ background: '#2a5a4a' }} />
        <span className="shell-who-name">
          {name}
          <span className="shell-who-role">{roleText}</span>
        </span>
      </Link>
      <Tooltip title="退出登录">
        <Button type="text" size="small" icon={<LogoutOutlined />} onClick={ask} aria-label="退出登录" />
      </Tooltip>
    </div>
  )
}
