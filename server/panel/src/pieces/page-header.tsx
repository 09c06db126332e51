import { ArrowLeftOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { Link } from 'react-router'
import './page-header.css'

interface Props {
  title: ReactNode
  /** The browser tab's title, where `title` is more than a text. */
  tab?: string
  hint?: ReactNode
  back?: string
  actions?: ReactNode
}

export function PageHeader({ title, tab, hint, back, actions }: Props) {
  const name = tab ?? (typeof title === 'string' ? title : '')
  useEffect(() => {
    document.title = name ? `${name} · 积分簿` : '积分簿 · 商家后台'
  }, [name])
  return (
    <header className="page-header">
      {back && (
        <Link to={back} aria-label="返回">
          <Button type="text" icon={<ArrowLeftOutlined />} tabIndex={-1} />
        </Link>
      )}
      <div className="page-header-text">
        <h1>{title}</h1>
        {hint && <p>{hint}</p>}
      </div>
      {actions && <div className="page-header-actions">{actions}</div>}
    </header>
  )
}
