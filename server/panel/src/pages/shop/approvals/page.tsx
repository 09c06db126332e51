import { Card, Segmented } from 'antd'
import { useState } from 'react'
import { useRead } from '../../../api/use-read.ts'
import { MemberCell } from '../../../pieces/member-cell.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { PageHeader } from '../../../pieces/page-header.tsx'
import { RowButton, Rows } from '../../../pieces/rows.tsx'
import { Toolbar } from '../../../pieces/toolbar.tsx'
import { among, useAddress, usePages } from '../../../pieces/use-address.ts'
import { When } from '../../../pieces/when.tsx'
import { ApprovalDrawer } from './drawer.tsx'
import { type Approval, StateMark } from './state.tsx'

const states = [
  { value: 'waiting', label: '待审批' },
  { value: 'done', label: '已处理' },
]

export function Component() {
  const [{ state }, change] = useAddress({ state: 'waiting' }, { state: among(states) })
  const pages = usePages()
  const [open, setOpen] = useState<number | null>(null)
  const asked = { state: state as 'waiting' | 'done', cursor: pages.cursor }
  const query = useRead('GET /admin/approvals', asked, { keep: true })
  const isWaiting = state === 'waiting'
  return (
    <>
      <PageHeader
        title="审批"
        hint="要两个人才能做的事：一个人提交，另一个人同意后才执行。哪些要审批，在「设置」里改"
      />
      <Card>
        <Toolbar>
          <Segmented
            aria-label="审批状态"
            options={states}
            value={state}
            onChange={(value) => change({ state: value })}
          />
        </Toolbar>
        <Rows<Approval>
          name="审批"
          query={query}
          columns={isWaiting ? [...columns, waitingColumn] : [...columns, doneColumn]}
          rowKey={({ approvalId }) => approvalId}
          pages={pages}
          onOpen={({ approvalId }) => setOpen(approvalId)}
          empty={
            <Nothing
              title={isWaiting ? '没有要审批的' : '还没有处理过的申请'}
              hint={isWaiting ? '您提交的，和等您审批的，都会在这里' : undefined}
            />
          }
        />
      </Card>
      {open !== null && <ApprovalDrawer approvalId={open} onClose={() => setOpen(null)} />}
    </>
  )
}

const columns = [
  {
    title: '申请',
    className: 'wordy',
    render: (_: unknown, { title, because }: Approval) => (
      <>
        <RowButton>{title}</RowButton>
        <div className="soft small">{because}</div>
      </>
    ),
  },
  {
    title: '会员',
    width: 180,
    render: (_: unknown, { member }: Approval) =>
      member ? <MemberCell nickname={member.nickname} memberNo={member.memberNo} /> : <span className="soft">—</span>,
  },
  {
    title: '提交',
    width: 220,
    render: (_: unknown, { askedBy, askedAt, storeName }: Approval) => (
      <>
        <When at={askedAt} />
        <div className="soft small">{[askedBy, storeName].filter(Boolean).join(' · ')}</div>
      </>
    ),
  },
]

const waitingColumn = {
  title: '状态',
  width: 150,
  render: (_: unknown, { own }: Approval) =>
    own ? <span className="soft">等待他人审批</span> : <StateMark state="waiting" />,
}

const doneColumn = {
  title: '处理',
  width: 190,
  render: (_: unknown, { state, decidedBy, decidedAt }: Approval) => (
    <>
      <StateMark state={state} />
      <div className="soft small">
        {decidedBy} <When at={decidedAt} />
      </div>
    </>
  ),
}
