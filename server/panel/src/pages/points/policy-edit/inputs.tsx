import { cleanName, cut } from '@pointbook/shared/text'
import { Select, Switch, TimePicker } from 'antd'
import dayjs from 'dayjs'
import { DayPicker } from '../../../pieces/day-picker.tsx'

interface Input<T> {
  id?: string
  value?: T | null
  onChange?: (value: T | null) => void
}

/** A calendar day at the shop, `YYYY-MM-DD`, or null for none. */
export function DayInput({
  id,
  value,
  onChange,
  placeholder,
  width = 160,
  label,
}: Input<string> & { placeholder: string; width?: number | string; label?: string }) {
  return (
    <DayPicker
      id={id}
      value={value ? dayjs(value) : null}
      onChange={(day) => onChange?.(day ? day.format('YYYY-MM-DD') : null)}
      placeholder={placeholder}
      style={{ width }}
      aria-label={label}
    />
  )
}

const DAY_MINUTES = 24 * 60

/** Minutes since midnight. `end`: midnight means the end of the day. */
export function ClockInput({
  id,
  value,
  onChange,
  end = false,
  width = 100,
  label = end ? '结束时间' : '开始时间',
}: Input<number> & { end?: boolean; width?: number | string; label?: string }) {
  const midnight = dayjs('2000-01-01')
  return (
    <TimePicker
      id={id}
      value={value == null ? null : midnight.add(value % DAY_MINUTES, 'minute')}
      onChange={(time) => {
        const minute = time ? time.hour() * 60 + time.minute() : null
        onChange?.(end && minute === 0 ? DAY_MINUTES : minute)
      }}
      format={(time) => (end && value === DAY_MINUTES ? '24:00' : time.format('HH:mm'))}
      minuteStep={5}
      needConfirm={false}
      allowClear={false}
      placeholder={end ? '结束' : '开始'}
      style={{ width }}
      aria-label={label}
    />
  )
}

interface Choice<T> {
  id?: string
  values: T[]
  options: { value: T; label: string }[]
  onChange: (values: T[]) => void
  placeholder?: string
}

export function Choose<T extends string | number>({ values, placeholder = '请选择', ...rest }: Choice<T>) {
  return (
    <Select
      mode="multiple"
      value={values}
      placeholder={placeholder}
      aria-label={placeholder}
      showSearch={{ optionFilterProp: 'label' }}
      style={{ minWidth: 220, flex: 1 }}
      {...rest}
    />
  )
}

interface Names extends Input<string[]> {
  known: string[]
  placeholder: string
  maxLength: number
  label?: string
}

/** Names that are typed, with those already in use as suggestions. */
export function NamesInput({ id, value, onChange, known, placeholder, maxLength, label }: Names) {
  return (
    <Select
      id={id}
      mode="tags"
      value={value ?? []}
      onChange={(names: string[]) => onChange?.(names.map((name) => cut(cleanName(name), maxLength)).filter(Boolean))}
      options={known.map((name) => ({ value: name, label: name }))}
      tokenSeparators={[',', '，', '、']}
      placeholder={placeholder}
      notFoundContent={null}
      suffixIcon={null}
      style={{ width: '100%', minWidth: 180 }}
      aria-label={label}
    />
  )
}

interface Whether<T> {
  id?: string
  value?: T | null
  onChange?: (value: T | null) => void
  /** The values of the fields when the part is switched on. */
  start: T
}

/** A part of the policy that may be left out: on with `start`, off as null. */
export function PartSwitch<T>({ id, value, onChange, start }: Whether<T>) {
  return (
    <Switch
      id={id}
      checked={value != null}
      onChange={(on) => onChange?.(on ? structuredClone(start) : null)}
      checkedChildren="开启"
      unCheckedChildren="关闭"
    />
  )
}
