import type { Api } from '@pointbook/shared/contract/index'
import { View } from '@tarojs/components'
import { Icon } from './icon'
import { Points } from './points'
import './why.scss'

type ExplanationLine = Api['GET /me/entries/:seq']['reply']['why'][number]

/** The rules that gave, then those that did not, each with its reason. */
export function ExplanationLines({ why }: { why: readonly ExplanationLine[] }) {
  const notGiven = why.filter(({ matched }) => !matched)
  return (
    <>
      {why
        .filter(({ matched }) => matched)
        .map((line) => (
          <View key={line.ruleId} className="why">
            <View className="why-mark why-mark-given">
              <Icon name="check" size={26} color="#fff" />
            </View>
            <View className="grow">
              <View>{line.name}</View>
              <View className="quiet">{line.text}</View>
            </View>
            <Points value={line.points} signed />
          </View>
        ))}
      {notGiven.length > 0 && <View className="why-else">这次没享受到的优惠</View>}
      {notGiven.map((line) => (
        <View key={line.ruleId} className="why why-not">
          <View className="why-mark" />
          <View className="grow">
            <View>{line.name}</View>
            <View className="quiet">{line.text}</View>
          </View>
        </View>
      ))}
    </>
  )
}
