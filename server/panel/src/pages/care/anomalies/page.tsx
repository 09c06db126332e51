import { Card, Segmented, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { Act } from '../../../pieces/act.tsx'
import { OpenCase } from '../../../pieces/case/open-case.tsx'
import { Mark } from '../../../pieces/mark.tsx'
import { MemberCell, StandingTag } from '../../../pieces/member-cell.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { PageHeader } from '../../../pieces/page-header.tsx'
import { Rows } from '../../../pieces/rows.tsx'
import { Toolbar } from '../../../pieces/toolbar.tsx'
import { among, useAddress } from '../../../pieces/use-address.ts'
import { When } from '../../../pieces/when.tsx'
import { Delays } from './delays.tsx'

type Row = Reply<'GET /admin/anomalies'>['rows'][number]

const spans = [
  { value: '1', label: '今天' },
  { value: '7', label: '近 7 天' },
  { value: '30', label: '近 30 天' },
]

export function Component() {
  const [{ days, kind }, change] = useAddress({ days: '7', kind: '' }, { days: among(spans) })
  const [opening, setOpening] = useState<Row | null>(null)
  const query = useRead('GET /admin/anomalies', { days: Number(days) }, { keep: true })
  const rows = query.data?.rows ?? []
  const kinds = new Map(rows.map((row) => [row.kind, row.title]))
  const shown = rows.filter((row) => kind === '' || row.kind === kind)
  return (
    <>
      <PageHeader title="异常" hint="值得看一眼的情况，不等于作弊；请先排除数据延迟，再决定是否调查" />
      <Delays delays={query.data?.delays} />
      <Card>
        <Toolbar>
          <Segmented
            aria-label="最近多少天"
            options={spans}
            value={days}
            onChange={(value) => change({ days: value })}
          />
          <Select
            value={kind}
            onChange={(value) => change({ kind: value })}
            options={[
              { value: '', label: `所有情况（${rows.length}）` },
              ...[...kinds].map(([value, label]) => ({ value, label })),
            ]}
            style={{ width: 200 }}
            aria-label="情况"
          />
        </Toolbar>
        <Rows<Row>
          name="异常"
          query={{ ...query, data: query.data && { rows: shown } }}
          columns={columnsWith(setOpening)}
          rowKey={({ id }) => id}
          empty={<Nothing title="没有发现异常" hint="多笔小票、频繁退货、连环邀请等情况会自动列在这里" />}
        />
      </Card>
      {opening && (
        <OpenCase
          initial={{ members: [{ value: opening.memberId, label: opening.nickname }], reason: opening.text }}
          onClose={() => setOpening(null)}
        />
      )}
    </>
  )
}

const columnsWith = (onOpen: (row: Row) => void) => [
  {
    title: '会员',
    width: 190,
    render: (_: unknown, row: Row) => (
      <Link to={`/members/${row.memberId}`} style={{ color: 'inherit' }}>
        <MemberCell {...row} />
      </Link>
    ),
  },
  { title: '情况', dataIndex: 'title', width: 160, render: (title: string) => <Mark tone="amber">{title}</Mark> },
  { title: '为什么列出', dataIndex: 'text', className: 'wordy' },
  { title: '最近一次', dataIndex: 'at', width: 150, render: (at: string) => <When at={at} /> },
  {
    title: '账户',
    dataIndex: 'standing',
    width: 90,
    render: (standing: Row['standing'], { merged }: Row) => <StandingTag standing={standing} merged={merged} />,
  },
  {
    title: '操作',
    width: 110,
    align: 'right' as const,
    render: (_: unknown, row: Row) => {
      if (row.caseId) return <Link to={`/cases/${row.caseId}`}>调查 {row.caseId}</Link>
      if (row.standing === 'cancelled') return null
      return (
        <Act op="POST /admin/cases" type="link" size="small" onClick={() => onOpen(row)}>
          开始调查
        </Act>
      )
    },
  },
]
