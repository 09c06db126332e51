import { Input, Typography } from 'antd'
import { type CSSProperties, type KeyboardEvent, useId, useState } from 'react'
import { numberIn, wanted } from './number-in.ts'

interface Props {
  id?: string
  value?: number | null
  /** NaN while the text is not a valid number: a request with NaN is never sent. Null for an empty field. */
  onChange?: (value: number | null) => void
  min: number
  max: number
  /** Decimals that may be typed; none when left out. */
  precision?: number
  step?: number
  prefix?: string
  suffix?: string
  placeholder?: string
  size?: 'small'
  style?: CSSProperties
  'aria-label'?: string
}

/**
 * A number as it is typed, of any width, with commas between thousands. Nothing is rounded or cut: the field shows its bounds
 * instead.
 */
export function NumberInput({ value, onChange, min, max, precision = 0, step = 1, style, ...input }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  const hint = useId()
  const read = (text: string) => numberIn(text, { min, max, precision, isMoney: input.prefix === '¥' })
  const isKept = typed !== null && (Object.is(read(typed), value ?? null) || read(typed) === null)
  const shown = isKept ? typed : value == null || Number.isNaN(value) ? '' : String(value)
  const isWrong = Number.isNaN(read(shown))
  const type = (text: string) => {
    setTyped(text)
    onChange?.(read(text))
  }
  const turn = (event: KeyboardEvent) => {
    const up = { ArrowUp: step, ArrowDown: -step }[event.key]
    if (!up || isWrong) return
    event.preventDefault()
    type(String(Number(Math.min(max, Math.max(min, (value ?? 0) + up)).toFixed(precision))))
  }
  return (
    <span style={{ display: 'inline-block', ...style }}>
      <Input
        {...input}
        role="spinbutton"
        inputMode={precision > 0 ? 'decimal' : 'numeric'}
        autoComplete="off"
        value={shown}
        status={isWrong ? 'error' : ''}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? hint : undefined}
        aria-valuemin={min}
        aria-valuemax={max}
        aria-valuenow={Number.isNaN(value) ? undefined : (value ?? undefined)}
        onChange={({ target }) => type(target.value)}
        onBlur={() => !isWrong && setTyped(null)}
        onKeyDown={turn}
      />
      {isWrong && (
        <Typography.Text type="danger" id={hint} role="alert" style={{ display: 'block', fontSize: 13 }}>
          {wanted({ min, max, precision })}
        </Typography.Text>
      )}
    </span>
  )
}
