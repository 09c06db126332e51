import { CompassOutlined, LockOutlined, ReloadOutlined } from '@ant-design/icons'
import { Button, Card, Result } from 'antd'
import { colours } from '../theme.ts'
import { LinkButton } from './link-button.tsx'
import { Nothing } from './nothing.tsx'
import { useTitle } from './use-title.ts'

export function Lost() {
  useTitle('没有这个页面')
  return (
    <Result
      icon={<CompassOutlined style={{ color: colours.amber }} />}
      title={<h1 className="plain">没有这个页面</h1>}
      subTitle="它可能已经搬家，或地址少了一截"
      extra={
        <LinkButton to="/" type="primary">
          回到概览
        </LinkButton>
      }
    />
  )
}

/** The page of an unknown address, with a link to the list. */
export function Missing({ title, to, back }: { title: string; to: string; back: string }) {
  useTitle(title)
  return (
    <Card>
      <Nothing
        title={<h1 className="plain">{title}</h1>}
        hint="地址可能少了一截，请从列表里找"
        action={
          <LinkButton to={to} type="primary">
            {back}
          </LinkButton>
        }
      />
    </Card>
  )
}

/** A page that the account's role does not open. */
export function NotAllowed() {
  useTitle('没有权限')
  return (
    <Result
      icon={<LockOutlined style={{ color: colours.amber }} />}
      title={<h1 className="plain">您的账号没有这个页面的权限</h1>}
      subTitle="需要时，请店主在「后台账号」里调整您的角色"
    />
  )
}

/** A page that threw, or whose code is gone from the server after a new release: loading again mends both. */
export function Broken() {
  return (
    <Result
      icon={<ReloadOutlined style={{ color: colours.amber }} />}
      title={<h1 className="plain">这个页面没能打开</h1>}
      subTitle="后台可能刚刚升级过，重新载入一次通常就好"
      extra={
        <Button type="primary" onClick={() => window.location.reload()}>
          重新载入
        </Button>
      }
    />
  )
}
