import { Button as Native } from '@tarojs/components'
import type { PropsWithChildren } from 'react'
import './button.scss'
import { asButton } from './reach'

interface Props extends PropsWithChildren {
  kind?: 'main' | 'gold' | 'quiet' | 'danger'
  small?: boolean
  /** Shows progress and accepts no further taps. */
  busy?: boolean
  disabled?: boolean
  onTap?: () => void
}

export function Button({ kind = 'main', small, busy, disabled, onTap, children }: Props) {
  return (
    <Native
      // Another label is another button: the preview's own button fails to show progress after its text has changed.
      key={typeof children === 'string' ? children : undefined}
      className={`${buttonLook(kind, small)} ${disabled ? 'btn-off' : ''}`}
      disabled={disabled || busy}
      loading={busy}
      onClick={onTap}
      {...asButton}
      {...(disabled && { 'aria-disabled': 'true' })}
    >
      {children}
    </Native>
  )
}

/** The same look for the buttons WeChat insists on drawing itself. */
export const buttonLook = (kind: NonNullable<Props['kind']> = 'main', small = false): string =>
  `btn btn-${kind}${small ? ' btn-small' : ''}`
