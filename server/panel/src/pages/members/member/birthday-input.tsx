import { daysInMonth, yearOf } from '@pointbook/shared/day'
import { Select, Space } from 'antd'
import { shopNow } from '../../../layout/use-shop.ts'

interface Props {
  /** `MM-DD`, with the year before it or not; null for none. */
  value?: string | null
  onChange?(birthday: string | null): void
}

const FIRST_YEAR = 1900
// A leap year, so that 29 February can be chosen without a year.
const LEAP_YEAR = 2000

const twoDigits = (number: number) => String(number).padStart(2, '0')
const options = (count: number, unit: string) =>
  Array.from({ length: count }, (_, index) => ({ value: index + 1, label: `${index + 1}${unit}` }))

/** Month and day of a birthday, and its year where the member tells it. */
export function BirthdayInput({ value = null, onChange }: Props) {
  const thisYear = yearOf(shopNow().today)
  const year = value && value.length > 5 ? yearOf(value) : null
  const [month, day] = value ? (value.slice(-5).split('-').map(Number) as [number, number]) : [null, null]
  const years = Array.from({ length: thisYear - FIRST_YEAR + 1 }, (_, index) => thisYear - index)

  function choose(monthNow: number | null, dayNow: number | null, yearNow: number | null) {
    if (monthNow === null) return onChange?.(null)
    const last = daysInMonth(yearNow ?? LEAP_YEAR, monthNow)
    const monthDay = `${twoDigits(monthNow)}-${twoDigits(Math.min(dayNow ?? 1, last))}`
    onChange?.(yearNow === null ? monthDay : `${yearNow}-${monthDay}`)
  }

  return (
    <Space>
      <Select
        aria-label="生日的月份"
        allowClear
        placeholder="月"
        value={month}
        options={options(12, '月')}
        onChange={(chosen) => choose(chosen ?? null, day, year)}
        style={{ width: 96 }}
      />
      <Select
        aria-label="生日的日"
        placeholder="日"
        disabled={month === null}
        value={day}
        options={month === null ? [] : options(daysInMonth(year ?? LEAP_YEAR, month), '日')}
        onChange={(chosen) => choose(month, chosen, year)}
        style={{ width: 96 }}
      />
      <Select
        aria-label="出生年份"
        allowClear
        showSearch
        placeholder="年份（选填）"
        disabled={month === null}
        value={year}
        options={years.map((each) => ({ value: each, label: `${each}年` }))}
        onChange={(chosen) => choose(month, day, chosen ?? null)}
        style={{ width: 140 }}
      />
    </Space>
  )
}
