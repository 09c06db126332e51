import { dayText } from '@pointbook/shared/day'
import { View } from '@tarojs/components'
import { useRules } from '../../api/use-rules'
import { Icon, type IconName } from '../../components/icon'
import { Page } from '../../components/page'
import { Loaded } from '../../components/states'
import { dayAt } from '../../time'
import './index.scss'

definePageConfig({ navigationBarTitleText: '积分规则', enablePullDownRefresh: true })

/** Sections the server may send; one it adds later gets the book. */
const icons: Record<string, IconName> = {
  earn: 'receipt',
  'check-in': 'calendar',
  referral: 'friends',
  tiers: 'medal',
  expiry: 'clock',
  use: 'gift',
  returns: 'undo',
}

export default function Rules() {
  const { loaded: rules } = useRules()
  return (
    <Page>
      <Loaded from={rules} rows={4}>
        {({ policyVersion, since, sections }) => (
          <>
            {sections.map((section) => (
              <View key={section.key} className="card">
                <View className="rules-head">
                  <Icon name={icons[section.key] ?? 'book'} size={40} color="var(--gold)" />
                  <View className="card-title">{section.title}</View>
                </View>
                {section.lines.map((line) => (
                  <View key={line.label + line.text} className="rules-line">
                    <View className="rules-label">{line.label}</View>
                    <View className="grow">{line.text}</View>
                  </View>
                ))}
              </View>
            ))}
            <View className="rules-foot">
              第 {policyVersion} 版，自{dayText(dayAt(since))}起施行
            </View>
          </>
        )}
      </Loaded>
    </Page>
  )
}
