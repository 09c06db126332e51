import { Alert, Button } from 'antd'
import dayjs from 'dayjs'
import { useShop } from '../layout/use-shop.ts'
import { DayPicker } from './day-picker.tsx'

interface Props {
  /** `YYYY-MM-DD`; '' for now. */
  value: string
  label: string
  onChange: (day: string) => void
}

/** A day up to today; clearing it returns to the present. */
export function PastDay({ value, label, onChange }: Props) {
  const today = useShop()?.today
  return (
    <DayPicker
      value={value ? dayjs(value) : null}
      placeholder={label}
      aria-label={label}
      disabledDate={(day) => today !== undefined && day.format('YYYY-MM-DD') > today}
      onChange={(day) => onChange(day?.format('YYYY-MM-DD') ?? '')}
      style={{ width: 168 }}
    />
  )
}

interface Banner {
  title: string
  description?: string
  onLeave: () => void
}

/** A note that a past day is shown, with a way back to the present. */
export function PastBanner({ title, description, onLeave }: Banner) {
  return (
    <Alert
      type="info"
      showIcon
      style={{ marginBottom: 16 }}
      title={title}
      description={description}
      action={
        <Button size="small" onClick={onLeave}>
          回到现在
        </Button>
      }
    />
  )
}
