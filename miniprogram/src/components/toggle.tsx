import { View } from '@tarojs/components'
import { Tap } from './tap'
import './toggle.scss'

interface Props {
  /** What is switched, for screen readers. */
  label: string
  on: boolean
  disabled?: boolean
  onChange(on: boolean): void
}

/** A switch. */
export function Toggle({ label, on, disabled = false, onChange }: Props) {
  return (
    <Tap
      className={`toggle ${on ? 'toggle-on' : ''} ${disabled ? 'toggle-off-limits' : ''}`}
      label={label}
      chosen={on}
      disabled={disabled}
      onTap={() => onChange(!on)}
    >
      <View className="toggle-knob" />
    </Tap>
  )
}
