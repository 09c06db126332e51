import { type Day, dayText } from '@pointbook/shared/day'
import { Picker, View } from '@tarojs/components'
import { useState } from 'react'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { Cell } from '../../components/cell'
import { Points } from '../../components/points'
import { Loaded } from '../../components/states'
import { endOfDay } from '../../time'

/** The balance at the end of any past day. */
export function BalanceOn({ today }: { today: Day }) {
  const [on, setOn] = useState<Day>()
  const then = useLoad(on ? () => call('GET /me/as-of', { at: endOfDay(on) }) : null, [on])
  return (
    <>
      <View className="statement-title">查某一天的余额</View>
      <View className="card cells">
        <Picker
          className="cell-picker"
          mode="date"
          start="2020-01-01"
          end={today}
          value={on ?? today}
          onChange={(e) => setOn(e.detail.value)}
        >
          <Cell label="哪一天" value={on ? dayText(on) : '请选择'} onTap={() => {}} />
        </Picker>
        {on && (
          <Loaded from={then} rows={1}>
            {({ balance, usable, pending, debt }) => (
              <>
                <Cell label="当天结束时余额" value={<Points value={balance} className="statement-then" />} />
                {usable !== balance && <Cell label="当天可用" value={<Points value={usable} />} />}
                {pending > 0 && <Cell label="待生效" value={<Points value={pending} />} />}
                {debt > 0 && <Cell label="欠分" value={<Points value={debt} />} />}
              </>
            )}
          </Loaded>
        )}
      </View>
    </>
  )
}
