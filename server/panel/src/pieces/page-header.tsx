import { ArrowLeftOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { LinkButton } from './link-button.tsx'
import { useTitle } from './use-title.ts'
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
  useTitle(name)
  return (
    <header className="page-header">
      {back && <LinkButton to={back} type="text" icon={<ArrowLeftOutlined />} aria-label="返回" />}
      <div className="page-header-text">
        <h1>{title}</h1>
        {hint && <p>{hint}</p>}
      </div>
      {actions && <div className="page-header-actions">{actions}</div>}
    </header>
  )
}
