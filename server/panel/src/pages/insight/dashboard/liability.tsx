import { Skeleton } from 'antd'
import { Link } from 'react-router'
import { Card } from '../../../pieces/card.tsx'
import { ExpiryChart } from '../../../pieces/expiry-chart.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import { moneyText } from '../../../pieces/numbers.ts'
import type { Dashboard } from './types.ts'

export function Liability({ months }: { months: Dashboard['liability'] | undefined }) {
  const totalFen = months?.reduce((sum, { fen }) => sum + fen, 0) ?? 0
  const total = (
    <Link to="/liability" className="soft digits">
      约合 {moneyText(totalFen)}
    </Link>
  )
  return (
    <Card title="手中积分何时到期" extra={total}>
      {!months && <Skeleton active paragraph={{ rows: 6 }} />}
      {months?.length === 0 && <Nothing title="会员手中还没有积分" />}
      {months && months.length > 0 && <ExpiryChart months={months} />}
    </Card>
  )
}
