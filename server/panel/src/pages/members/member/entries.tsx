import { entryKinds } from '@pointbook/shared/words'
import { Space } from 'antd'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { Explanations } from '../../../pieces/explanations.tsx'
import { Mark } from '../../../pieces/mark.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { countText } from '../../../pieces/numbers.ts'
import { Delta } from '../../../pieces/points.tsx'
import { Rows } from '../../../pieces/rows.tsx'
import { usePages } from '../../../pieces/use-address.ts'
import { ExpiresOn, endOfDay, When } from '../../../pieces/when.tsx'

type Entry = Reply<'GET /admin/members/:memberId/entries'>['rows'][number]

/** The ledger, to the end of a past day unless `upTo` is ''. */
export function Entries({ memberId, upTo }: { memberId: number; upTo: string }) {
  const pages = usePages()
  const asked = { memberId, cursor: pages.cursor, ...(upTo ? { until: endOfDay(upTo) } : {}) }
  const query = useRead('GET /admin/members/:memberId/entries', asked, { keep: true })
  return (
    <Rows<Entry>
      name="积分明细"
      query={query}
      columns={columns}
      rowKey={({ seq }) => seq}
      pages={pages}
      size="small"
      expanded={(entry) => <Story entry={entry} />}
      empty={<Nothing title="还没有积分变动" />}
    />
  )
}

const columns = [
  { title: '时间', dataIndex: 'at', render: (at: string) => <When at={at} /> },
  {
    title: '事由',
    render: (_: unknown, { kind, title }: Entry) => (
      <Space>
        <Mark>{entryKinds[kind]}</Mark>
        {title}
      </Space>
    ),
  },
  { title: '变动', dataIndex: 'delta', align: 'right' as const, render: (points: number) => <Delta points={points} /> },
  {
    title: '余额',
    dataIndex: 'balanceAfter',
    align: 'right' as const,
    render: (points: number) => <span className="digits">{countText(points)}</span>,
  },
  {
    title: '到期',
    // Points given back have the last days of their lots.
    render: (_: unknown, { delta, expiresOn, kind }: Entry) =>
      delta > 0 && kind !== 'give-back' ? <ExpiresOn day={expiresOn} /> : null,
  },
]

function Story({ entry }: { entry: Entry }) {
  return (
    <div className="why">
      <div>
        <h2>为什么是这些积分（按第 {entry.policyVersion} 版规则）</h2>
        <Explanations lines={entry.why} />
      </div>
      <div>
        <h2>凭据</h2>
        <div className="fact">
          <span className="soft">流水号</span>
          <span className="digits">{entry.seq}</span>
        </div>
        {entry.facts.map(({ label, value }) => (
          <div key={label} className="fact">
            <span className="soft">{label}</span>
            <span>{value}</span>
          </div>
        ))}
        {entry.draws.length > 0 && <h2>用到的批次</h2>}
        {entry.draws.map(({ lotSeq, points, earnedAt, expiresOn }) => (
          <div key={lotSeq} className="fact">
            <Delta points={points} />
            <span className="soft small">
              <When at={earnedAt} /> 获得，{expiresOn ? `${expiresOn} 到期` : '永久有效'}
            </span>
          </div>
        ))}
      </div>
    </div>
  )
}
