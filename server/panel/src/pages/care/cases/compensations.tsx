import { Progress } from 'antd'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { Nothing } from '../../../pieces/nothing.tsx'
import { countText } from '../../../pieces/numbers.ts'
import { Reference } from '../../../pieces/reference.tsx'
import { Rows } from '../../../pieces/rows.tsx'
import { usePages } from '../../../pieces/use-address.ts'
import { When } from '../../../pieces/when.tsx'

type Row = Reply<'GET /admin/compensations'>['rows'][number]

const REFRESH_MS = 2_000

const isUnderWay = ({ members, given, leftOut }: Row) => given + leftOut < members

export function Compensations() {
  const pages = usePages()
  const seen = useRead('GET /admin/compensations', { cursor: pages.cursor }, { keep: true })
  const underWay = seen.data?.rows.some(isUnderWay) ?? false
  // Repeated while one is running, so that the progress bar moves.
  const query = useRead(
    'GET /admin/compensations',
    { cursor: pages.cursor },
    { keep: true, refetchMs: underWay ? REFRESH_MS : undefined },
  )
  return (
    <Rows<Row>
      name="故障补偿"
      query={query}
      columns={columns}
      rowKey={({ compensationId }) => compensationId}
      pages={pages}
      empty={<Nothing title="还没有发放过补偿" hint="系统出错影响到会员时，选出受影响的人，一次补齐并致歉" />}
    />
  )
}

const columns = [
  { title: '事由', dataIndex: 'reason', className: 'wordy' },
  {
    title: '每人',
    dataIndex: 'points',
    align: 'right' as const,
    width: 110,
    render: (points: number) => <span className="digits gain">+{countText(points)} 分</span>,
  },
  {
    title: '进度',
    width: 300,
    render: (_: unknown, row: Row) => (
      <div>
        <Progress
          percent={Math.floor(((row.given + row.leftOut) / Math.max(1, row.members)) * 100)}
          size="small"
          aria-label="发放进度"
          strokeColor="var(--green)"
          status={isUnderWay(row) ? 'active' : 'success'}
        />
        <div className="soft small digits">
          已发 {countText(row.given)} / {countText(row.members)} 人
          {row.leftOut > 0 && `，${countText(row.leftOut)} 人已注销未发`}
        </div>
      </div>
    ),
  },
  { title: '操作人', dataIndex: 'madeBy', width: 110, render: (who: string) => <Reference to={who} /> },
  { title: '时间', dataIndex: 'madeAt', width: 160, render: (at: string) => <When at={at} /> },
]
