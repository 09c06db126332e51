import { type ITouchEvent, View } from '@tarojs/components'
import type { CSSProperties, PropsWithChildren } from 'react'
import { asButton } from './reach'
import './tap.scss'

interface Props extends PropsWithChildren {
  className?: string
  style?: string | CSSProperties
  /** Text for screen readers; needed when there is no visible text. */
  label?: string
  /** One choice of several, or something switched on or off. */
  chosen?: boolean
  disabled?: boolean
  /** Without it, what is within is only to be looked at. */
  onTap?: ((event: ITouchEvent) => unknown) | undefined
}

/** Anything that can be tapped and is not drawn as a button: a row, a tile, an icon. Reached and named like a button. */
export function Tap({ className = '', style, label, chosen, disabled, onTap, children }: Props) {
  if (!onTap) return <View {...{ className, ...(style && { style }) }}>{children}</View>
  const reached = {
    className,
    ...(style && { style }),
    ...(label && { 'aria-label': label }),
    ...(chosen !== undefined && { 'aria-pressed': String(chosen) }),
    ...(disabled && { 'aria-disabled': 'true' }),
    ...asButton,
  }
  return (
    <View {...reached} hoverClass={disabled ? 'none' : 'tap-pressed'} onClick={disabled ? () => {} : onTap}>
      {children}
    </View>
  )
}
