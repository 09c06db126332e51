import { Descriptions, Table } from 'antd'
import { Link } from 'react-router'
import { Nothing } from '../../../pieces/nothing.tsx'
import { When } from '../../../pieces/when.tsx'
import type { Member } from './types.ts'

type Friend = Member['invited'][number]

export function Circle({ member }: { member: Member }) {
  return (
    <>
      <Descriptions
        size="small"
        column={2}
        style={{ margin: '8px 0 12px' }}
        items={[
          { key: 'streak', label: '连续签到', children: `${member.streak} 天` },
          { key: 'last', label: '最近签到', children: member.lastCheckIn ?? '还没有签到过' },
        ]}
      />
      <Table<Friend>
        dataSource={member.invited}
        columns={columns}
        rowKey="memberId"
        size="small"
        pagination={member.invited.length > 10 ? { pageSize: 10 } : false}
        locale={{ emptyText: <Nothing title="还没有邀请过朋友" /> }}
      />
    </>
  )
}

const columns = [
  {
    title: '邀请的朋友',
    render: (_: unknown, { memberId, nickname }: Friend) => <Link to={`/members/${memberId}`}>{nickname}</Link>,
  },
  { title: '加入时间', dataIndex: 'at', render: (at: string) => <When at={at} /> },
  { title: '奖励', dataIndex: 'state' },
]
