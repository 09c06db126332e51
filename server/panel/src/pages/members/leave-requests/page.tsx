import { Card, Select } from 'antd'
import { Link } from 'react-router'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { Mark } from '../../../pieces/mark.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { countText } from '../../../pieces/numbers.ts'
import { PageHeader } from '../../../pieces/page-header.tsx'
import { Reference } from '../../../pieces/reference.tsx'
import { Rows } from '../../../pieces/rows.tsx'
import { Toolbar } from '../../../pieces/toolbar.tsx'
import { useAddress, usePages } from '../../../pieces/use-address.ts'
import { When } from '../../../pieces/when.tsx'

type Request = Reply<'GET /admin/leave-requests'>['rows'][number]
type State = Request['state']

const states = [
  { value: 'waiting', label: '等待生效', tone: 'amber' },
  { value: 'withdrawn', label: '已撤回', tone: 'plain' },
  { value: 'done', label: '已注销', tone: 'plain' },
] as const

const isState = (text: string) => text === '' || states.some(({ value }) => value === text)

export function Component() {
  const [{ state }, change] = useAddress({ state: '' }, { state: isState })
  const pages = usePages()
  const asked = { state: (state || undefined) as State | undefined, cursor: pages.cursor }
  const query = useRead('GET /admin/leave-requests', asked, { keep: true })
  return (
    <>
      <PageHeader
        title="注销申请"
        hint="到了生效日自动注销：剩余积分失效，身份资料删除，账目和交易记录只留会员号依法保存。等待天数在「设置」里改"
      />
      <Card>
        <Toolbar>
          <Select
            value={state}
            onChange={(value) => change({ state: value })}
            options={[{ value: '', label: '所有申请' }, ...states.map(({ value, label }) => ({ value, label }))]}
            style={{ width: 140 }}
            aria-label="状态"
          />
        </Toolbar>
        <Rows<Request>
          name="注销申请"
          query={query}
          columns={columns}
          rowKey={({ leaveId }) => leaveId}
          pages={pages}
          empty={
            <Nothing
              title={state ? '没有这样的申请' : '还没有人申请注销'}
              hint="会员在小程序「隐私与数据」里申请，或由您在会员档案里代为申请"
            />
          }
        />
      </Card>
    </>
  )
}

const columns = [
  {
    title: '会员',
    width: 180,
    render: (_: unknown, { memberId, memberNo, nickname }: Request) => (
      <Link to={`/members/${memberId}`}>
        {nickname}
        <div className="soft small digits">{memberNo}</div>
      </Link>
    ),
  },
  {
    title: '申请',
    width: 170,
    render: (_: unknown, { askedAt, askedBy, reason }: Request) => (
      <>
        <When at={askedAt} />
        <div className="soft small">{askedBy ? <Reference to={askedBy} /> : '会员自己申请'}</div>
        {reason && <div className="soft small">{reason}</div>}
      </>
    ),
  },
  {
    title: '失效积分',
    width: 100,
    align: 'right' as const,
    render: (_: unknown, { points }: Request) => <span className="digits">{countText(points)}</span>,
  },
  {
    title: '状态',
    className: 'wordy',
    render: (_: unknown, request: Request) => <StateOf {...request} />,
  },
  {
    title: '生效日',
    dataIndex: 'dueOn',
    width: 120,
    render: (on: string) => <span className="digits">{on}</span>,
  },
  {
    title: '处理期限',
    width: 120,
    render: (_: unknown, { state, answerBy }: Request) =>
      state === 'waiting' ? <span className="digits">{answerBy}</span> : <span className="soft">—</span>,
  },
]

function StateOf({ state, endedAt, obstacles }: Request) {
  const { label, tone } = states.find(({ value }) => value === state)!
  return (
    <>
      <Mark tone={tone}>{label}</Mark>
      {endedAt && (
        <div className="soft small">
          <When at={endedAt} />
        </div>
      )}
      {obstacles.length > 0 && <div className="loss small">{obstacles.join('；')}，处理后才会生效</div>}
    </>
  )
}
