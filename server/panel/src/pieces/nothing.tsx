import { Empty } from 'antd'
import type { ReactNode } from 'react'

/** An empty state that says what will be here, with an optional way to add the first one. */
export function Nothing({ title, hint, action }: { title: ReactNode; hint?: ReactNode; action?: ReactNode }) {
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      style={{ padding: '28px 0' }}
      description={
        <>
          <div className="nothing">{title}</div>
          {hint && <div className="soft small">{hint}</div>}
        </>
      }
    >
      {action}
    </Empty>
  )
}
