import { orderStates } from '@pointbook/shared/words'
import { Mark } from '../mark.tsx'

const tones = { waiting: 'amber', 'handed-over': 'green', cancelled: 'plain' } as const

export function OrderStateTag({ state }: { state: keyof typeof orderStates }) {
  return <Mark tone={tones[state]}>{orderStates[state]}</Mark>
}
