import type { Api } from '@pointbook/shared/contract/index'
import { dayText } from '@pointbook/shared/day'
import { group } from '@pointbook/shared/money'
import { Text, View } from '@tarojs/components'
import { useWrite } from '../../api/use-write'
import { Points } from '../../components/points'
import { Confirm } from '../../components/sheet'
import './make-up-sheet.scss'

type MakeUp = NonNullable<Api['GET /me/check-ins']['reply']['makeUp']>

interface Props {
  makeUp: MakeUp
  day: MakeUp['days'][number]
  onDone(text: string): void
  /** The terms may have changed: they are to be read again. */
  onRefused(): void
  onClose(): void
}

/** The price and the points of a make-up check-in, with a confirmation. */
export function MakeUpSheet({ makeUp: { price, left }, day, onDone, onRefused, onClose }: Props) {
  const [write, busy] = useWrite('POST /me/check-ins/make-up')
  const confirm = async () => {
    const done = await write({ on: day.on, price, points: day.points })
    if (!done) return onRefused()
    onClose()
    onDone(done.text)
  }
  return (
    <Confirm
      open
      title={`补签 ${dayText(day.on)}`}
      yes={price > 0 ? `用 ${group(price)} 分补签` : '补签'}
      busy={busy}
      onYes={confirm}
      onClose={onClose}
    >
      <View className="make-up-line">
        <Text className="grow">花费</Text>
        {price > 0 ? <Points value={-price} signed /> : <Text>不收积分</Text>}
      </View>
      <View className="make-up-line">
        <Text className="grow">获得</Text>
        <Points value={day.points} signed />
      </View>
      <View className="make-up-line">
        <Text className="grow">补签后连成</Text>
        <Text>
          <Text className="digits">{day.streak}</Text> 天
        </Text>
      </View>
      <View className="make-up-note">本月还可补签 {left} 次</View>
    </Confirm>
  )
}
