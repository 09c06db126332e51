import { CompassOutlined, ReloadOutlined } from '@ant-design/icons'
import { Button, Result } from 'antd'
import { Link } from 'react-router'
import { colours } from '../theme.ts'

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
