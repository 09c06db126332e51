import { Skeleton } from 'antd'
import { useMemo } from 'react'
import { Card } from '../../../pieces/card.tsx'
import { FlowChart, isQuiet } from '../../../pieces/flow-chart.tsx'
import { Nothing } from '../../../pieces/nothing.tsx'
import type { Dashboard } from './types.ts'

type Day = Dashboard['days'][number]

const dayName = (on: string) => `${Number(on.slice(5, 7))}/${Number(on.slice(8))}`

export function Movements({ days }: { days: Day[] | undefined }) {
  const rows = useMemo(() => days?.map(({ on, ...flows }) => ({ ...flows, name: dayName(on) })), [days])
  const quiet = rows && isQuiet(rows)
  return (
    <Card title="近 30 天的积分进出">
      {!rows && <Skeleton active paragraph={{ rows: 6 }} />}
      {quiet && <Nothing title="这 30 天还没有积分进出" hint="会员签到、消费或兑换后，这里会画出来" />}
      {rows && !quiet && <FlowChart rows={rows} label="近 30 天每天发放、使用、到期与收回的积分" />}
    </Card>
  )
}
