import { DatePicker, type DatePickerProps } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import type { ComponentProps, ReactNode } from 'react'
import { shopNow } from '../layout/use-shop.ts'
import './day-picker.css'

const isToday = (day: Dayjs) => day.format('YYYY-MM-DD') === shopNow().today

/** The calendar opens at, and marks, the shop's today; the library's own is that of the merchant's computer. */
const cell = (day: unknown, { type, originNode }: { type: string; originNode: ReactNode }) =>
  type === 'date' && isToday(dayjs(day as Dayjs)) ? <div className="shop-today">{originNode}</div> : originNode

export const DayPicker = (props: DatePickerProps<Dayjs, false>) => (
  <DatePicker showNow={false} defaultPickerValue={dayjs(shopNow().today)} cellRender={cell} {...props} />
)

export const DaysPicker = (props: ComponentProps<typeof DatePicker.RangePicker>) => (
  <DatePicker.RangePicker cellRender={cell} {...props} />
)
