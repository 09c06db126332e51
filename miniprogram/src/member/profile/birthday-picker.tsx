import { birthText, daysInMonth, yearOf } from '@pointbook/shared/day'
import { Picker } from '@tarojs/components'
import { useState } from 'react'
import { Cell } from '../../components/cell'

interface Props {
  /** `MM-DD`, with the year before it or not; null for none. */
  birthday: string | null
  today: string
  onChange(birthday: string): void
}

const FIRST_YEAR = 1920
const NO_YEAR = '不填年份'
// A leap year, so that 29 February can be chosen without a year.
const LEAP_YEAR = 2000

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
const twoDigits = (number: number) => String(number).padStart(2, '0')

/** Month and day of the birthday, and its year for those who want to tell it. */
export function BirthdayPicker({ birthday, today, onChange }: Props) {
  const [open, setOpen] = useState<[number, number, number] | null>(null)
  const thisYear = yearOf(today)
  const years = [NO_YEAR, ...upTo(thisYear - FIRST_YEAR + 1).map((index) => `${thisYear + 1 - index}年`)]
  const [month, day, year] = open ?? chosenIn(birthday, thisYear)
  const days = daysInMonth(year === 0 ? LEAP_YEAR : thisYear + 1 - year, month + 1)
  return (
    <Picker
      className="cell-picker"
      mode="multiSelector"
      range={[upTo(12).map((each) => `${each}月`), upTo(days).map((each) => `${each}日`), years]}
      value={[month, Math.min(day, days - 1), year]}
      onColumnChange={({ detail: { column, value } }) => {
        const now: [number, number, number] = [month, day, year]
        now[column as 0 | 1 | 2] = value
        setOpen(now)
      }}
      onCancel={() => setOpen(null)}
      onChange={({ detail: { value } }) => {
        const [monthAt = 0, dayAt = 0, yearAt = 0] = value.map(Number)
        const monthDay = `${twoDigits(monthAt + 1)}-${twoDigits(dayAt + 1)}`
        setOpen(null)
        onChange(yearAt === 0 ? monthDay : `${thisYear + 1 - yearAt}-${monthDay}`)
      }}
    >
      <Cell label="生日" value={birthday ? birthText(birthday) : '只能设置一次，年份可不填'} onTap={() => {}} />
    </Picker>
  )
}

/** The places in the three columns; 1 January without a year when nothing is chosen yet. */
function chosenIn(birthday: string | null, thisYear: number): [number, number, number] {
  if (!birthday) return [0, 0, 0]
  const year = birthday.length > 5 ? yearOf(birthday) : null
  const [month, day] = birthday.slice(-5).split('-').map(Number) as [number, number]
  return [month - 1, day - 1, year === null ? 0 : thisYear + 1 - year]
}
