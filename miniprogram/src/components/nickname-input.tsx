import { cut } from '@pointbook/shared/text'
import { Input } from '@tarojs/components'

const MOST = 20
// WeChat counts UTF-16 units, of which an emoji has several, and would cut an emoji in the middle.
const UNITS = 300

interface Props {
  className?: string
  value?: string
  placeholder: string
  onChange(nickname: string): void
}

/** A nickname of at most twenty visible characters. WeChat's suggestion fires only the blur event. */
export function NicknameInput({ onChange, ...input }: Props) {
  const take = (typed: string) => onChange(cut(typed, MOST))
  return (
    <Input
      {...input}
      type="nickname"
      maxlength={UNITS}
      onInput={(e) => take(e.detail.value)}
      onBlur={(e) => take(e.detail.value)}
    />
  )
}
