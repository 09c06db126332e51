import { actionText } from '@pointbook/shared/audit-actions'
import { Card, Select } from 'antd'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { Mark } from '../../../pieces/mark.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { PageHeader } from '../../../pieces/page-header.tsx'
import { Reference } from '../../../pieces/reference.tsx'
import { Rows } from '../../../pieces/rows.tsx'
import { Search } from '../../../pieces/search.tsx'
import { Toolbar } from '../../../pieces/toolbar.tsx'
import { useAddress, usePages, useSearchText } from '../../../pieces/use-address.ts'
import { When } from '../../../pieces/when.tsx'
import { Detail } from './detail.tsx'

type Row = Reply<'POST /admin/audit-log/search'>['rows'][number]

export function Component() {
  const [{ action }, change] = useAddress({ action: '' })
  const [q, search] = useSearchText()
  const pages = usePages()
  const query = useRead('POST /admin/audit-log/search', { q, action, cursor: pages.cursor }, { keep: true })
  const actions = query.data?.actions ?? []
  return (
    <>
      <PageHeader
        title="审计日志"
        hint="谁在什么时候做了什么，只能查看，不能修改；会员注销后，与其有关的内容自动清除"
      />
      <Card>
        <Toolbar>
          <Select
            value={action}
            onChange={(value) => change({ action: value })}
            options={[
              { value: '', label: '所有操作' },
              ...actions.map((value) => ({ value, label: actionText(value) })),
            ]}
            style={{ width: 170 }}
            aria-label="操作"
          />
          <Search
            key={q}
            defaultValue={q}
            placeholder="操作人或内容"
            maxLength={40}
            style={{ width: 260 }}
            onSearch={(text) => search(text.trim())}
          />
        </Toolbar>
        <Rows<Row>
          name="审计日志"
          query={query}
          columns={columns}
          rowKey={({ id }) => id}
          pages={pages}
          size="small"
          expanded={(row) => <Detail row={row} />}
          empty={<Nothing title={q || action ? '没有符合条件的记录' : '还没有操作记录'} />}
        />
      </Card>
    </>
  )
}

const columns = [
  { title: '时间', dataIndex: 'at', width: 170, render: (at: string) => <When at={at} /> },
  {
    title: '操作人',
    dataIndex: 'actor',
    width: 130,
    render: (actor: string, row: Row) => <Reference to={actor} name={row.actorName} />,
  },
  { title: '操作', dataIndex: 'action', width: 140, render: (action: string) => <Mark>{actionText(action)}</Mark> },
  { title: '内容', dataIndex: 'text', className: 'wordy' },
  {
    title: '对象',
    dataIndex: 'subject',
    width: 130,
    render: (subject: string, row: Row) => <Reference to={subject} name={row.subjectName} />,
  },
]
