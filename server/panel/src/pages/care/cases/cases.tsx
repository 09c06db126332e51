import { Segmented, Space } from 'antd'
import { Link, useNavigate } from 'react-router'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { decisions } from '../../../pieces/case/decisions.ts'
import { Mark } from '../../../pieces/mark.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { countText } from '../../../pieces/numbers.ts'
import { Rows } from '../../../pieces/rows.tsx'
import { Toolbar } from '../../../pieces/toolbar.tsx'
import { among, useAddress, usePages } from '../../../pieces/use-address.ts'
import { When } from '../../../pieces/when.tsx'

type Row = Reply<'GET /admin/cases'>['rows'][number]

const states = [
  { value: 'open', label: '进行中' },
  { value: 'closed', label: '已结束' },
  { value: 'all', label: '全部' },
]

export function Cases() {
  const [{ state }, change] = useAddress({ state: 'open' }, { state: among(states) })
  const pages = usePages()
  const navigate = useNavigate()
  const query = useRead(
    'GET /admin/cases',
    { state: state === 'all' ? undefined : (state as 'open' | 'closed'), cursor: pages.cursor },
    { keep: true },
  )
  return (
    <>
      <Toolbar>
        <Segmented
          aria-label="调查状态"
          options={states}
          value={state}
          onChange={(value) => change({ state: value })}
        />
      </Toolbar>
      <Rows<Row>
        name="调查"
        query={query}
        columns={columns}
        rowKey={({ caseId }) => caseId}
        pages={pages}
        onOpen={({ caseId }) => navigate(`/cases/${caseId}`)}
        empty={
          <Nothing
            title={state === 'open' ? '没有进行中的调查' : '还没有调查记录'}
            hint="在「异常」里发现可疑情况，可以直接从那里开始调查"
          />
        }
      />
    </>
  )
}

const columns = [
  {
    title: '编号',
    dataIndex: 'caseId',
    width: 72,
    className: 'digits',
    render: (caseId: number) => <Link to={`/cases/${caseId}`}>{caseId}</Link>,
  },
  {
    title: '会员',
    width: 220,
    render: (_: unknown, { members }: Row) => (
      <Space wrap size={[6, 4]}>
        {members.slice(0, 4).map(({ memberId, nickname, decision }) => (
          <Mark key={memberId} tone={decision === 'cancelled' ? 'rust' : decision ? 'green' : 'amber'}>
            {nickname}
            {decision && ` · ${decisions[decision]}`}
          </Mark>
        ))}
        {members.length > 4 && <span className="soft">等 {members.length} 位</span>}
      </Space>
    ),
  },
  { title: '原因', dataIndex: 'reason', className: 'wordy' },
  {
    title: '已收回',
    dataIndex: 'takenPoints',
    align: 'right' as const,
    width: 100,
    render: (points: number) =>
      points > 0 ? <span className="digits">{countText(points)} 分</span> : <span className="soft">—</span>,
  },
  { title: '开始时间', dataIndex: 'openedAt', width: 160, render: (at: string) => <When at={at} /> },
  {
    title: '状态',
    width: 100,
    render: (_: unknown, { open, published }: Row) =>
      open ? <Mark tone="amber">进行中</Mark> : <Mark tone="green">{published ? '已公示' : '已结束'}</Mark>,
  },
]
