import { CompassOutlined, ReloadOutlined } from '@ant-design/icons'
import { Button, Card, Result } from 'antd'
import { Link } from 'react-router'
import { colours } from '../theme.ts'
import { Nothing } from './nothing.tsx'

export function Lost() {
  return (
    <Result
      icon={<CompassOutlined style={{ color: colours.amber }} />}
      title="没有这个页面"
      subTitle="它可能已经搬家，或地址少了一截"
      extra={
        <Link to="/">
          <Button type="primary">回到概览</Button>
        </Link>
      }
    />
  )
}

/** An address that names nothing there is, and the way to the list. */
export function Missing({ title, to, back }: { title: string; to: string; back: string }) {
  return (
    <Card>
      <Nothing
        title={title}
        hint="地址可能少了一截，请从列表里找"
        action={
          <Link to={to}>
            <Button type="primary" tabIndex={-1}>
              {back}
            </Button>
          </Link>
        }
      />
    </Card>
  )
}

/** A page that threw, or whose code is gone from the server after a new release: loading again mends both. */
export function Broken() {
  return (
    <Result
      icon={<ReloadOutlined style={{ color: colours.amber }} />}
      title="这个页面没能打开"
      subTitle="后台可能刚刚升级过，重新载入一次通常就好"
      extra={
        <Button type="primary" onClick={() => window.location.reload()}>
          重新载入
        </Button>
      }
    />
  )
}
