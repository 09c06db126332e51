import { cut } from '@pointbook/shared/text'
import { Input } from '@tarojs/components'

const MOST = 20
// WeChat counts units, of which an emoji has several, and would cut one in the middle.
const UNITS = 300

interface Props {
  className?: string
  value?: string
  placeholder: string
  onChange(nickname: string): void
}

/** A nickname of at most twenty characters, whole as people see them. One chosen from WeChat's suggestion comes with the blur alone. */
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
