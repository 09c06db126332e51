import { orderStates } from '@pointbook/shared/words'
import { Tag } from 'antd'

const colours = { waiting: 'orange', 'handed-over': 'green', cancelled: 'default' } as const

export function OrderStateTag({ state }: { state: keyof typeof orderStates }) {
  return <Tag color={colours[state]}>{orderStates[state]}</Tag>
}
