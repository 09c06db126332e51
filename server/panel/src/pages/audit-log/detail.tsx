import { Descriptions } from 'antd'
import type { Reply } from '../../api/call.ts'

type Row = Reply<'GET /admin/audit-log'>['rows'][number]

/** The whole of one entry. What was recorded beside the sentence is shown as it was recorded. */
export function Detail({ row }: { row: Row }) {
  return (
    <Descriptions
      size="small"
      column={1}
      colon={false}
      styles={{ label: { width: 84, color: 'var(--soft)' } }}
      items={[
        { key: 'id', label: '编号', children: <span className="digits">{row.id}</span> },
        { key: 'text', label: '内容', children: row.text },
        { key: 'detail', label: '详情', children: <pre className="mono audit-detail">{row.detail || '—'}</pre> },
      ]}
    />
  )
}
