import { yuan } from '@pointbook/shared/money'
import { countText, moneyText } from '../../../pieces/numbers.ts'
import type { Liability } from './types.ts'

type Value = string | number

interface Column<Row> {
  title: string
  /** The value in the file; numbers are grouped on the screen. */
  value: (row: Row) => Value
  /** The form on the screen, if different. */
  text?: (row: Row) => string
  /** Its total under the table. */
  total?: (rows: readonly Row[]) => string
}

interface SheetOf<Row> {
  key: string
  title: string
  hint: string
  rows: (liability: Liability) => Row[]
  columns: Column<Row>[]
}

/** `12.3%`; a dash when the whole is 0. */
export const percentText = (part: number, whole: number) =>
  whole === 0 ? '—' : `${((part / whole) * 100).toFixed(1)}%`

const sum =
  <Row>(value: (row: Row) => number) =>
  (rows: readonly Row[]) =>
    rows.reduce((all, row) => all + value(row), 0)
const count = <Row>(title: string, value: (row: Row) => number): Column<Row> => ({
  title,
  value,
  total: (rows) => countText(sum(value)(rows)),
})

type Expiring = Liability['expiring'][number]
type Flow = Liability['flows'][number]
type Cohort = Liability['cohorts'][number]

const expiring: SheetOf<Expiring> = {
  key: 'expiring',
  title: '按到期月份',
  hint: '积分到最后可用日的次日失效，失效的部分不再是负债。',
  rows: (liability) => liability.expiring,
  columns: [
    { title: '到期月份', value: ({ month }) => month ?? '永久有效', total: () => '合计' },
    count('积分', ({ points }) => points),
    {
      title: '约合（元）',
      value: ({ fen }) => yuan(fen).replaceAll(',', ''),
      text: ({ fen }) => moneyText(fen),
      total: (rows) => moneyText(sum<Expiring>(({ fen }) => fen)(rows)),
    },
    { title: '会员（人）', value: ({ members }) => members },
  ],
}

const flows: SheetOf<Flow> = {
  key: 'flows',
  title: '每月进出',
  hint: '上月结余 + 发放 + 调整 − 使用 − 到期 − 收回 = 月末结余。使用已减去取消兑换退回的部分，收回包括退货收回和抵还欠分。',
  rows: (liability) => liability.flows.toReversed(),
  columns: [
    { title: '月份', value: ({ month }) => month, total: () => '合计' },
    count('发放', ({ issued }) => issued),
    count('调整', ({ adjusted }) => adjusted),
    count('使用', ({ redeemed }) => redeemed),
    count('到期', ({ expired }) => expired),
    count('收回', ({ reversed }) => reversed),
    { title: '月末结余', value: ({ outstanding }) => outstanding },
  ],
}

const cohorts: SheetOf<Cohort> = {
  key: 'cohorts',
  title: '过期未用',
  hint: '每个月进账的积分后来怎样了：用掉或收回、到期未用、现在还没用。',
  rows: (liability) => liability.cohorts.toReversed(),
  columns: [
    { title: '进账月份', value: ({ month }) => month, total: () => '合计' },
    count('进账', ({ points }) => points),
    count('用掉或收回', ({ used }) => used),
    count('到期未用', ({ expired }) => expired),
    count('还没用', ({ open }) => open),
    {
      title: '过期未用比例',
      value: ({ expired, points }) => percentText(expired, points),
      total: (rows) =>
        percentText(sum<Cohort>(({ expired }) => expired)(rows), sum<Cohort>(({ points }) => points)(rows)),
    },
  ],
}

/** A table on the screen and the file that is downloaded: the same rows, whatever they are of. */
const sheetOf = <Row>({ key, title, hint, rows, columns }: SheetOf<Row>) => ({
  key,
  title,
  hint,
  csv: (liability: Liability): Value[][] => [
    columns.map((column) => column.title),
    ...rows(liability).map((row) => columns.map(({ value }) => value(row))),
  ],
  shown: (liability: Liability) => {
    const listed = rows(liability)
    const totals = columns.map(({ total }) => total?.(listed) ?? '')
    return { lines: listed.map((row) => columns.map((column) => shownIn(column, row))), totals }
  },
  titles: columns.map((column) => column.title),
})

function shownIn<Row>({ value, text }: Column<Row>, row: Row): string {
  if (text) return text(row)
  const plain = value(row)
  return typeof plain === 'number' ? countText(plain) : plain
}

export const sheets = [sheetOf(expiring), sheetOf(flows), sheetOf(cohorts)]
