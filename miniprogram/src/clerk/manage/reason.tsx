import { Textarea } from '@tarojs/components'
import './reason.scss'

interface Props {
  value: string
  placeholder: string
  onChange(value: string): void
}

/** A reason in a few words, at most 100 characters. */
export function ReasonInput({ value, placeholder, onChange }: Props) {
  return (
    <Textarea
      className="reason"
      value={value}
      maxlength={100}
      placeholder={placeholder}
      onInput={(e) => onChange(e.detail.value)}
    />
  )
}
