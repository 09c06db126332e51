import { addMonths } from '@pointbook/shared/day'
import { View } from '@tarojs/components'
import { monthText } from '../time'
import { Icon } from './icon'
import { Tap } from './tap'
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
      <Tap className="month-turn" label="上个月" onTap={() => turn(-1)}>
        <Icon name="back" size={32} />
      </Tap>
      <View className="card-title">{monthText(month)}</View>
      <Tap
        className={isLast ? 'month-turn month-turn-off' : 'month-turn'}
        label="下个月"
        disabled={isLast}
        onTap={() => turn(1)}
      >
        <Icon name="right" size={32} />
      </Tap>
    </View>
  )
}
