import { useMemo } from 'react'
import { colours } from '../theme.ts'
import { LazyChart } from './lazy-chart.tsx'
import { countText } from './numbers.ts'

export interface FlowRow {
  /** The day or month, as the axis shows it. */
  name: string
  issued: number
  redeemed: number
  expired: number
  reversed: number
  adjusted: number
}

const series = [
  { name: '发放', colour: '#3f8a6c', value: (row: FlowRow) => row.issued },
  { name: '调整', colour: '#7d93a3', value: (row: FlowRow) => row.adjusted },
  { name: '使用', colour: colours.amber, value: (row: FlowRow) => -Math.max(0, row.redeemed) },
  // Cancelled redemptions of earlier days can give back more than a day's new ones take.
  { name: '取消兑换退回', colour: '#e3b878', value: (row: FlowRow) => Math.max(0, -row.redeemed) },
  { name: '到期', colour: '#a9b0ab', value: (row: FlowRow) => -row.expired },
  { name: '收回', colour: '#c9765c', value: (row: FlowRow) => -row.reversed },
]

export const isQuiet = (rows: readonly FlowRow[]) => rows.every((row) => series.every(({ value }) => value(row) === 0))

/** Points in are above the line, points out below it. `label` names the chart; its sums are part of the description. */
export function FlowChart({ rows, label }: { rows: FlowRow[]; label: string }) {
  const option = useMemo(() => optionOf(rows), [rows])
  return <LazyChart option={option} heightPx={268} label={`${label}：${sumsOf(rows)}`} />
}

/** Series without values are left out of the legend. */
const drawn = (rows: FlowRow[]) => series.filter(({ value }) => rows.some((row) => value(row) !== 0))

const sumsOf = (rows: FlowRow[]) =>
  drawn(rows)
    .map(({ name, value }) => `${name} ${countText(Math.abs(rows.reduce((sum, row) => sum + value(row), 0)))} 分`)
    .join('，')

const optionOf = (rows: FlowRow[]) => ({
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
    data: rows.map(({ name }) => name),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colours.line } },
    axisLabel: { color: colours.textSoft, hideOverlap: true },
  },
  yAxis: {
    type: 'value',
    splitLine: { lineStyle: { color: colours.line } },
    axisLabel: { color: colours.textSoft, formatter: (value: number) => countText(Math.abs(value)) },
  },
  series: drawn(rows).map(({ name, colour, value }) => ({
    name,
    type: 'bar',
    stack: 'points',
    barMaxWidth: 14,
    itemStyle: { color: colour, borderRadius: 2 },
    data: rows.map(value),
  })),
})
