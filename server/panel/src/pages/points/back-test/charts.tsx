import type { BacktestResult } from '@pointbook/shared/contract/points/back-test'
import { useMemo } from 'react'
import { everyMonth } from '../../../pieces/every-month.ts'
import { LazyChart } from '../../../pieces/lazy-chart.tsx'
import { countText } from '../../../pieces/numbers.ts'
import { colours } from '../../../theme.ts'

const RULES_SHOWN = 12

const plain = {
  animationDuration: 300,
  tooltip: {
    trigger: 'axis',
    axisPointer: { type: 'shadow' },
    valueFormatter: (value: unknown) => `${countText(Number(value))} 分`,
  },
}

const points = {
  type: 'value',
  splitLine: { lineStyle: { color: colours.line } },
  axisLabel: { color: colours.textSoft, hideOverlap: true, formatter: (value: number) => countText(value) },
}

const names = (data: string[]) => ({
  type: 'category',
  data,
  axisTick: { show: false },
  axisLine: { lineStyle: { color: colours.line } },
  axisLabel: { color: colours.textSoft, hideOverlap: true },
})

const bars = (name: string, color: string, data: number[]) => ({
  name,
  type: 'bar',
  barMaxWidth: 18,
  itemStyle: { color, borderRadius: 2 },
  data,
})

const legend = { top: 0, right: 0, itemWidth: 10, itemHeight: 10, textStyle: { color: colours.textSoft } }

const givenAndWould = (sums: { given: number; would: number }[]) => [
  bars(
    '当时',
    '#a9b0ab',
    sums.map(({ given }) => given),
  ),
  bars(
    '试算',
    '#3f8a6c',
    sums.map(({ would }) => would),
  ),
]

export function MonthChart({ months }: Pick<BacktestResult, 'months'>) {
  const option = useMemo(() => {
    const all = everyMonth(months, (month) => ({ month, given: 0, would: 0 }))
    return {
      ...plain,
      grid: { left: 8, right: 8, top: 36, bottom: 0, containLabel: true },
      legend,
      xAxis: names(all.map(({ month }) => `${month.slice(2, 4)}/${Number(month.slice(5))}`)),
      yAxis: points,
      series: givenAndWould(all),
    }
  }, [months])
  return <LazyChart option={option} heightPx={268} label="每月当时发出的积分与试算的积分，数字列在下面的表格里" />
}

/** The rules that give most or gave most, the first on top. */
export function RuleChart({ rules }: Pick<BacktestResult, 'rules'>) {
  const option = useMemo(() => {
    const most = (one: BacktestResult['rules'][number]) => Math.max(one.given, one.would)
    const largest = rules.toSorted((a, b) => most(a) - most(b)).slice(-RULES_SHOWN)
    return {
      ...plain,
      grid: { left: 8, right: 24, top: 36, bottom: 0, containLabel: true },
      legend,
      xAxis: points,
      yAxis: names(largest.map(({ name }) => name)),
      series: givenAndWould(largest),
    }
  }, [rules])
  return <LazyChart option={option} heightPx={268} label="各条规则当时给出的积分与试算的积分，数字列在下面的表格里" />
}
