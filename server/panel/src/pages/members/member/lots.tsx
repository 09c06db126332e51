import { LAST_DAY } from '@pointbook/shared/day'
import { Progress, Table } from 'antd'
import { useState } from 'react'
import { Act } from '../../../pieces/act.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { countText } from '../../../pieces/numbers.ts'
import { ExpiresOn, When } from '../../../pieces/when.tsx'
import { colours } from '../../../theme.ts'
import { Extend } from './extend.tsx'
import type { Member } from './types.ts'

type Lot = Member['lots'][number]

/** Each earning opens a lot with its own last day; spending takes from the lot that ends first. */
export function Lots({ member }: { member: Member }) {
  const { lots } = member
  const [asking, setAsking] = useState(false)
  return (
    <>
      <div style={{ display: 'flex', justifyContent: 'flex-end', marginBottom: 8 }}>
        <Act
          op="POST /admin/members/:memberId/extensions"
          size="small"
          disabled={!lots.some(endsSomeDay)}
          onClick={() => setAsking(true)}
        >
          延长有效期
        </Act>
      </div>
      <LotTable lots={lots} />
      <Extend member={member} open={asking} onClose={() => setAsking(false)} />
    </>
  )
}

const endsSomeDay = ({ expiresOn, remaining }: Lot) => expiresOn !== null && remaining > 0

export function LotTable({ lots }: { lots: Lot[] }) {
  return (
    <Table<Lot>
      dataSource={lots}
      columns={columns}
      rowKey="seq"
      size="small"
      pagination={lots.length > 12 ? { pageSize: 12, hideOnSinglePage: true } : false}
      locale={{ emptyText: <Nothing title="还没有积分批次" hint="每获得一笔积分就是一个批次，各有自己的到期日" /> }}
    />
  )
}

const columns = [
  { title: '获得时间', dataIndex: 'earnedAt', render: (at: string) => <When at={at} /> },
  { title: '来源', dataIndex: 'title' },
  {
    title: '剩余 / 获得',
    render: (_: unknown, { remaining, points }: Lot) => (
      <div style={{ display: 'flex', alignItems: 'center', gap: 10 }}>
        <Progress
          percent={points ? Math.round((remaining / points) * 100) : 0}
          showInfo={false}
          aria-label="剩余比例"
          strokeColor={colours.green}
          size="small"
          style={{ width: 90, margin: 0 }}
        />
        <span className="digits nowrap">
          {countText(remaining)} <span className="soft">/ {countText(points)}</span>
        </span>
      </div>
    ),
  },
  {
    title: '可用日',
    dataIndex: 'usableOn',
    className: 'digits',
    render: (day: string) => (day === LAST_DAY ? '确认后可用' : day),
  },
  { title: '最后可用日', dataIndex: 'expiresOn', render: (day: string | null) => <ExpiresOn day={day} /> },
]
