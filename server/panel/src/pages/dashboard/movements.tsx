import { Card, Skeleton } from 'antd'
import { useMemo } from 'react'
import { LazyChart } from '../../pieces/lazy-chart.tsx'
import { Nothing } from '../../pieces/nothing.tsx'
import { countText } from '../../pieces/numbers.ts'
import { colours } from '../../theme.ts'
import type { Dashboard } from './page.tsx'

type Day = Dashboard['days'][number]

const series = [
  { name: '发放', colour: '#3f8a6c', value: (day: Day) => day.issued },
  { name: '使用', colour: colours.amber, value: (day: Day) => -Math.max(0, day.redeemed) },
  // Cancelled redemptions of earlier days can give back more than a day's new ones take.
  { name: '取消兑换退回', colour: '#e3b878', value: (day: Day) => Math.max(0, -day.redeemed) },
  { name: '到期', colour: '#a9b0ab', value: (day: Day) => -day.expired },
  { name: '退货收回', colour: '#c9765c', value: (day: Day) => -day.reversed },
]

/** What came in stands above the line and what went out below it, day by day. */
export function Movements({ days }: { days: Day[] | undefined }) {
  const option = useMemo(() => optionOf(days ?? []), [days])
  const quiet = days?.every((day) => series.every(({ value }) => value(day) === 0))
  return (
    <Card title="近 30 天的积分进出">
      {!days && <Skeleton active paragraph={{ rows: 6 }} />}
      {days && quiet && <Nothing title="这 30 天还没有积分进出" hint="会员签到、消费或兑换后，这里会画出来" />}
      {days && !quiet && <LazyChart option={option} heightPx={268} label="近 30 天每天发放、使用、到期与收回的积分" />}
    </Card>
  )
}

/** What never happened in these days needs no place in the legend. */
const drawn = (days: Day[]) => series.filter(({ value }) => days.some((day) => value(day) !== 0))

const optionOf = (days: Day[]) => ({
  aria: { enabled: true },
  animationDuration: 300,
  grid: { left: 8, right: 8, top: 36, bottom: 0, containLabel: true },
  legend: { top: 0, right: 0, itemWidth: 10, itemHeight: 10, textStyle: { color: colours.textSoft } },
  tooltip: {
    trigger: 'axis',
    axisPointer: { type: 'shadow' },
    valueFormatter: (value: unknown) => `${countText(Math.abs(Number(value)))} 分`,
  },
  xAxis: {
    type: 'category',
    data: days.map(({ on }) => `${Number(on.slice(5, 7))}/${Number(on.slice(8))}`),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colours.line } },
    axisLabel: { color: colours.textSoft },
  },
  yAxis: {
    type: 'value',
    splitLine: { lineStyle: { color: colours.line } },
    axisLabel: { color: colours.textSoft, formatter: (value: number) => countText(Math.abs(value)) },
  },
  series: drawn(days).map(({ name, colour, value }) => ({
    name,
    type: 'bar',
    stack: 'points',
    barMaxWidth: 14,
    itemStyle: { color: colour, borderRadius: 2 },
    data: days.map(value),
  })),
})
