import { yuan } from '@pointbook/shared/money'
import { Card, Space, Tooltip } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useRead } from '../../../api/use-read.ts'
import { Act } from '../../../pieces/act.tsx'
import { Mark } from '../../../pieces/mark.tsx'
import { MemberCell } from '../../../pieces/member-cell.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { PageHeader } from '../../../pieces/page-header.tsx'
import { Rows } from '../../../pieces/rows.tsx'
import { usePages } from '../../../pieces/use-address.ts'
import { When } from '../../../pieces/when.tsx'
import { Review } from './review.tsx'
import type { Choice, HeldReferral } from './types.ts'

export function Component() {
  const pages = usePages()
  const [choice, setChoice] = useState<Choice | null>(null)
  const query = useRead('GET /admin/referrals/held', { cursor: pages.cursor }, { keep: true })
  return (
    <>
      <PageHeader title="邀请审核" hint="看起来像自己邀请自己的，奖励先不发，等您核实；通过后双方的奖励自动到账" />
      <Card>
        <Rows<HeldReferral>
          name="待审核的邀请"
          query={query}
          columns={columnsWith(setChoice)}
          rowKey={({ inviteeId }) => inviteeId}
          pages={pages}
          empty={<Nothing title="没有待审核的邀请" hint="互相邀请、自己收银、集中注册等情况会列在这里" />}
        />
      </Card>
      {choice && <Review {...choice} onClose={() => setChoice(null)} />}
    </>
  )
}

const who = (person: HeldReferral['inviter']) => (
  <Link to={`/members/${person.memberId}`} style={{ color: 'inherit' }}>
    <MemberCell {...person} />
  </Link>
)

const columnsWith = (choose: (choice: Choice) => void) => [
  { title: '邀请人', width: 180, render: (_: unknown, { inviter }: HeldReferral) => who(inviter) },
  { title: '好友', width: 180, render: (_: unknown, { invitee }: HeldReferral) => who(invitee) },
  { title: '注册时间', dataIndex: 'joinedAt', width: 150, render: (at: string) => <When at={at} /> },
  {
    title: '为什么要核实',
    className: 'wordy',
    render: (_: unknown, { doubts }: HeldReferral) =>
      doubts.map(({ title, text }) => (
        <div key={title}>
          <Mark tone="amber">{title}</Mark>
          <div className="soft small">{text}</div>
        </div>
      )),
  },
  {
    title: '对应消费',
    width: 170,
    render: (_: unknown, { purchase }: HeldReferral) =>
      purchase ? (
        <>
          <div className="digits">¥{yuan(purchase.amountFen)}</div>
          <div className="soft small">
            {purchase.storeName} {purchase.receiptNo}
          </div>
        </>
      ) : (
        <span className="soft">注册即奖励</span>
      ),
  },
  {
    title: '奖励',
    width: 130,
    render: (_: unknown, { inviterPoints, inviteePoints }: HeldReferral) => (
      <Tooltip title="按现在的规则">
        <div className="small">
          邀请人 <span className="digits gain">+{inviterPoints}</span>
        </div>
        <div className="small">
          好友 <span className="digits gain">+{inviteePoints}</span>
        </div>
      </Tooltip>
    ),
  },
  {
    title: '操作',
    width: 130,
    align: 'right' as const,
    render: (_: unknown, referral: HeldReferral) => (
      <Space size={0}>
        <Act
          op="POST /admin/referrals/:inviteeId/review"
          type="link"
          size="small"
          onClick={() => choose({ held: referral, approve: true })}
        >
          通过
        </Act>
        <Act
          op="POST /admin/referrals/:inviteeId/review"
          type="link"
          size="small"
          danger
          onClick={() => choose({ held: referral, approve: false })}
        >
          驳回
        </Act>
      </Space>
    ),
  },
]
