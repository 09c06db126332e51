import { DatePicker, InputNumber } from 'antd'
import dayjs from 'dayjs'

/** Fields of a form hold the policy's own units; what is shown and typed is yuan, multiples and days. */
interface Input<T> {
  id?: string
  value?: T | null
  onChange?: (value: T | null) => void
}

interface Whole extends Input<number> {
  unit: string
  min?: number
  max?: number
}

export function WholeInput({ unit, min = 0, max = 1_000_000_000, ...input }: Whole) {
  return <InputNumber {...input} min={min} max={max} precision={0} suffix={unit} style={{ width: 150 }} />
}

/** Yuan on the screen, fen in the form. */
export function YuanInput({ id, value, onChange, min = 0 }: Input<number> & { min?: number }) {
  return (
    <InputNumber
      id={id}
      value={value == null ? null : value / 100}
      onChange={(yuan) => onChange?.(yuan == null ? null : Math.round(yuan * 100))}
      min={min}
      max={10_000_000}
      precision={2}
      formatter={(shown) => String(shown ?? '').replace(/\.00$/, '')}
      prefix="¥"
      style={{ width: 140 }}
    />
  )
}

/** ×1.5 on the screen, 15 000 basis points in the form. */
export function TimesInput({ id, value, onChange }: Input<number>) {
  return (
    <InputNumber
      id={id}
      value={value == null ? null : value / 10_000}
      onChange={(times) => onChange?.(times == null ? null : Math.round(times * 10_000))}
      min={1}
      max={100}
      step={0.1}
      prefix="×"
      style={{ width: 110 }}
    />
  )
}

/** A calendar day at the shop, `YYYY-MM-DD`, or null for none. */
export function DayInput({ id, value, onChange, placeholder }: Input<string> & { placeholder: string }) {
  return (
    <DatePicker
      id={id}
      value={value ? dayjs(value) : null}
      onChange={(day) => onChange?.(day ? day.format('YYYY-MM-DD') : null)}
      placeholder={placeholder}
      style={{ width: 160 }}
    />
  )
}
