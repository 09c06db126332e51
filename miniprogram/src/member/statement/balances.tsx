import { View } from '@tarojs/components'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { Points } from '../../components/points'
import { Tap } from '../../components/tap'
import { monthText } from '../../time'
import './balances.scss'

interface Props {
  /** The month shown below; a tap on another bar turns to it. */
  month: string
  onMonth(month: string): void
}

/** The balance at the end of each of the last months, as bars. */
export function Balances({ month, onMonth }: Props) {
  const months = useLoad(() => call('GET /me/balances'), []).data?.months
  if (!months) return null
  const last = months[months.length - 1]!
  const shown = months.find((one) => one.month === month) ?? last
  const most = Math.max(...months.map(({ balance }) => balance), 1)
  return (
    <View className="card">
      <View className="balances-head">
        <View className="card-title">余额走势</View>
        {months.length > 1 && (
          <View className="quiet">
            {shown === last ? '目前' : `${monthText(shown.month)}底`}{' '}
            <Points value={shown.balance} className="balances-shown" />
          </View>
        )}
      </View>
      {months.length === 1 && <View className="quiet">从下个月起，这里会画出您每个月底的积分余额</View>}
      {months.length > 1 && (
        <View className="balances">
          {months.map((one) => (
            <Tap
              key={one.month}
              className={one === shown ? 'balance balance-shown' : 'balance'}
              chosen={one === shown}
              onTap={() => onMonth(one.month)}
            >
              <View className="balance-room">
                <View className="balance-bar" style={{ height: `${(one.balance / most) * 100}%` }} />
              </View>
              <View className="balance-month">{Number(one.month.slice(5))}月</View>
            </Tap>
          ))}
        </View>
      )}
    </View>
  )
}
