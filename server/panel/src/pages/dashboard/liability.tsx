import { Card, Skeleton } from 'antd'
import { useMemo } from 'react'
import { LazyChart } from '../../pieces/lazy-chart.tsx'
import { Nothing } from '../../pieces/nothing.tsx'
import { countText, moneyText } from '../../pieces/numbers.ts'
import { colours } from '../../theme.ts'
import type { Dashboard } from './page.tsx'

type Month = Dashboard['liability'][number]

const monthText = (month: string | null) => (month ? `${month.slice(2, 4)}年${Number(month.slice(5))}月` : '永久')

/** Points members hold, by the month they end: what the shop still owes, and when it is no longer owed. */
export function Liability({ months }: { months: Month[] | undefined }) {
  const option = useMemo(() => optionOf(months ?? []), [months])
  const totalFen = months?.reduce((sum, { fen }) => sum + fen, 0) ?? 0
  return (
    <Card title="手中积分何时到期" extra={<span className="soft digits">约合 {moneyText(totalFen)}</span>}>
      {!months && <Skeleton active paragraph={{ rows: 6 }} />}
      {months?.length === 0 && <Nothing title="会员手中还没有积分" />}
      {months && months.length > 0 && <LazyChart option={option} heightPx={268} label="按到期月份列出的未用积分" />}
    </Card>
  )
}

const optionOf = (months: Month[]) => ({
  aria: { enabled: true },
  animationDuration: 300,
  grid: { left: 4, right: 8, top: 12, bottom: 0, containLabel: true },
  tooltip: {
    trigger: 'axis',
    axisPointer: { type: 'shadow' },
    formatter: ([{ dataIndex }]: [{ dataIndex: number }]) => {
      const at = months[dataIndex]!
      const when = at.month ? `${monthText(at.month)}到期` : '永久有效'
      return `${when}<br/><b>${countText(at.points)} 分</b>　约合 ${moneyText(at.fen)}`
    },
  },
  xAxis: {
    type: 'category',
    data: months.map(({ month }) => monthText(month)),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colours.line } },
    axisLabel: { color: colours.textSoft, hideOverlap: true },
  },
  yAxis: {
    type: 'value',
    splitLine: { lineStyle: { color: colours.line } },
    axisLabel: { color: colours.textSoft, formatter: (value: number) => countText(value) },
  },
  series: [
    {
      type: 'bar',
      barMaxWidth: 26,
      itemStyle: { color: colours.slate, borderRadius: [3, 3, 0, 0] },
      data: months.map(({ points }) => points),
    },
  ],
})
