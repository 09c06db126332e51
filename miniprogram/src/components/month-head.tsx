import { addMonths } from '@pointbook/shared/day'
import { View } from '@tarojs/components'
import { monthText } from '../time'
import { Icon } from './icon'
import './month-head.scss'

interface Props {
  month: string
  /** The last month one may turn to. */
  last: string
  onMonth(month: string): void
}

/** A month's name between two arrows. */
export function MonthHead({ month, last, onMonth }: Props) {
  const isLast = month >= last
  const turn = (months: number) => onMonth(addMonths(`${month}-01`, months).slice(0, 7))
  return (
    <View className="month-head">
      <View className="month-turn" onClick={() => turn(-1)}>
        <Icon name="back" size={32} />
      </View>
      <View className="card-title">{monthText(month)}</View>
      <View className={isLast ? 'month-turn month-turn-off' : 'month-turn'} onClick={() => !isLast && turn(1)}>
        <Icon name="right" size={32} />
      </View>
    </View>
  )
}
