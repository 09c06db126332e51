import { Skeleton } from 'antd'
import { Link } from 'react-router'
import { Card } from '../../../pieces/card.tsx'
import { Face } from '../../../pieces/member-cell.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { Delta } from '../../../pieces/points.tsx'
import { When } from '../../../pieces/when.tsx'
import type { Dashboard } from './types.ts'

export function Latest({ rows }: { rows: Dashboard['latest'] | undefined }) {
  return (
    <Card title="最新动态" extra={<Link to="/members">全部会员</Link>}>
      {!rows && <Skeleton active paragraph={{ rows: 5 }} />}
      {rows?.length === 0 && <Nothing title="还没有积分变动" />}
      <ul className="latest">
        {rows?.map(({ memberId, seq, nickname, title, delta, at }) => (
          <li key={`${memberId}-${seq}`}>
            <Face nickname={nickname} size={32} />
            <div className="latest-what">
              <Link to={`/members/${memberId}`}>{nickname}</Link>
              <span className="soft">{title}</span>
            </div>
            <Delta points={delta} />
            <span className="soft small latest-time">
              <When at={at} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
