import { Alert } from 'antd'
import { Link, useNavigate } from 'react-router'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { Card } from '../../../pieces/card.tsx'
import { Mark } from '../../../pieces/mark.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { Rows } from '../../../pieces/rows.tsx'
import { When } from '../../../pieces/when.tsx'

type Version = Reply<'GET /admin/policies'>['rows'][number]

const states = {
  'in-force': { text: '现行', tone: 'green' },
  coming: { text: '待生效', tone: 'amber' },
  past: { text: '已过去', tone: 'plain' },
} as const

export function VersionState({ state }: { state: Version['state'] }) {
  return <Mark tone={states[state].tone}>{states[state].text}</Mark>
}

export function History() {
  const query = useRead('GET /admin/policies', {})
  const navigate = useNavigate()
  return (
    <Card title="发布记录" extra={<span className="soft small">发布过的版本不会再变，随时可以查看或用回</span>}>
      <Rows<Version>
        name="发布记录"
        query={query}
        columns={columns}
        rowKey={({ version }) => version}
        size="small"
        onOpen={({ version }) => navigate(`/policy/versions/${version}`)}
        empty={<Nothing title="还没有发布过规则" />}
      />
    </Card>
  )
}

/** Says so where a published version still waits for its day. */
export function Coming() {
  const coming = useRead('GET /admin/policies', {}).data?.rows.filter(({ state }) => state === 'coming') ?? []
  return coming.map(({ version, effectiveAt }) => (
    <Alert
      key={version}
      type="warning"
      showIcon
      style={{ marginBottom: 16 }}
      title={
        <>
          <Link to={`/policy/versions/${version}`}>第 {version} 版</Link>已经发布，将在 <When at={effectiveAt} />{' '}
          自动生效。
        </>
      }
    />
  ))
}

const columns = [
  {
    title: '版本',
    className: 'wordy',
    render: (_: unknown, { version, name }: Version) => (
      <Link to={`/policy/versions/${version}`}>
        第 {version} 版 {name}
      </Link>
    ),
  },
  { title: '状态', dataIndex: 'state', render: (state: Version['state']) => <VersionState state={state} /> },
  {
    title: '说明',
    dataIndex: 'note',
    className: 'wordy',
    render: (note: string) => note || <span className="soft">—</span>,
  },
  { title: '生效时间', dataIndex: 'effectiveAt', render: (at: string) => <When at={at} /> },
  { title: '发布时间', dataIndex: 'publishedAt', render: (at: string) => <When at={at} /> },
  { title: '发布人', dataIndex: 'publishedBy' },
]
