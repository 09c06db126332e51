import { useMemo } from 'react'
import { colours } from '../theme.ts'
import { barsOf, type ExpiryBar, type ExpiryMonth } from './expiry-months.ts'
import { LazyChart } from './lazy-chart.tsx'
import { countText, moneyText } from './numbers.ts'

const monthText = ({ month, andLater }: ExpiryBar) =>
  month ? `${month.slice(2, 4)}年${Number(month.slice(5))}月${andLater ? '起' : ''}` : '永久'

/** The outstanding points by the month in which they expire. */
export function ExpiryChart({ months }: { months: ExpiryMonth[] }) {
  const bars = useMemo(() => barsOf(months), [months])
  const option = useMemo(() => optionOf(bars), [bars])
  const said = bars.filter(({ points }) => points > 0).map((bar) => `${monthText(bar)} ${countText(bar.points)} 分`)
  return <LazyChart option={option} heightPx={268} label={`会员手中的积分，按到期的月份：${said.join('，')}`} />
}

const optionOf = (months: ExpiryBar[]) => ({
  animationDuration: 300,
  grid: { left: 4, right: 8, top: 12, bottom: 0, containLabel: true },
  tooltip: {
    trigger: 'axis',
    axisPointer: { type: 'shadow' },
    formatter: ([{ dataIndex }]: [{ dataIndex: number }]) => {
      const at = months[dataIndex]!
      const when = at.month ? `${monthText(at)}到期` : '永久有效'
      return `${when}<br/><b>${countText(at.points)} 分</b>　约合 ${moneyText(at.fen)}`
    },
  },
  xAxis: {
    type: 'category',
    data: months.map(monthText),
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
