import type { Api } from '@pointbook/shared/contract/index'
import { Text, View } from '@tarojs/components'
import { Points } from '../../components/points'
import { Tap } from '../../components/tap'
import { open } from '../../navigate'
import { whenText } from '../../time'
import './row.scss'

type Entry = Api['GET /me/entries']['reply']['rows'][number]

/** An entry in a list; a tap opens its details. */
export function Row({ entry }: { entry: Entry }) {
  return (
    <Tap className="ledger-row" onTap={() => open(`/member/entry/index?seq=${entry.seq}`)}>
      <View className="grow">
        <View className="one-line ledger-title">{entry.title}</View>
        <View className="quiet digits">{whenText(entry.at)}</View>
      </View>
      <View className="ledger-figures">
        <Points value={entry.delta} signed />
        <Text className="quiet">
          余 <Points value={entry.balanceAfter} />
        </Text>
      </View>
    </Tap>
  )
}
