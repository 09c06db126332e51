import type { Api } from '@pointbook/shared/contract/index'
import { dayText } from '@pointbook/shared/day'
import { entryKinds } from '@pointbook/shared/words'
import { View } from '@tarojs/components'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { Cell } from '../../components/cell'
import { ExplanationLines } from '../../components/explanation-lines'
import { membersOnly } from '../../components/members-only'
import { Page } from '../../components/page'
import { Points } from '../../components/points'
import { BrokenLink, Loaded } from '../../components/states'
import { Tap } from '../../components/tap'
import { idIn, usePageParams } from '../../launch'
import { open } from '../../navigate'
import { whenText } from '../../time'
import './index.scss'

definePageConfig({ navigationBarTitleText: '积分详情', enablePullDownRefresh: true })

type Entry = Api['GET /me/entries/:seq']['reply']

export default membersOnly(EntryPage)

function EntryPage() {
  const seq = idIn(usePageParams().seq)
  const entry = useLoad(seq ? () => call('GET /me/entries/:seq', { seq }) : null, [seq])
  if (!seq)
    return (
      <Page>
        <BrokenLink />
      </Page>
    )
  return (
    <Page>
      <Loaded from={entry}>
        {(data) => (
          <>
            <Facts entry={data} />
            {data.why.length > 0 && <EntryExplanation entry={data} />}
            {data.draws.length > 0 && <Draws entry={data} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Facts({ entry }: { entry: Entry }) {
  return (
    <View className="card">
      <View className="entry-head">
        <View className="entry-kind">{entryKinds[entry.kind]}</View>
        <Points value={entry.delta} signed className="entry-delta" />
        <View className="entry-title">{entry.title}</View>
      </View>
      {entry.facts.map(({ label, value }) => (
        <Cell key={label} label={label} value={value} />
      ))}
      {entry.delta > 0 && entry.draws.length === 0 && (
        <Cell label="有效期至" value={entry.expiresOn ? `${dayText(entry.expiresOn)}（当天仍可用）` : '长期有效'} />
      )}
    </View>
  )
}

function EntryExplanation({ entry }: { entry: Entry }) {
  return (
    <View className="card">
      <View className="card-title">为什么是这些积分</View>
      <ExplanationLines why={entry.why} />
      <Tap className="why-rules" onTap={() => open('/member/rules/index')}>
        按当时的第 {entry.policyVersion} 版规则计算，查看现行规则
      </Tap>
    </View>
  )
}

function Draws({ entry }: { entry: Entry }) {
  return (
    <View className="card">
      <View className="card-title">{entry.delta < 0 ? '用掉的是这几笔积分' : '退回到这几笔积分'}</View>
      {entry.draws.map((draw) => (
        <Tap key={draw.lotSeq} className="why" onTap={() => open(`/member/entry/index?seq=${draw.lotSeq}`)}>
          <View className="grow">
            <View className="digits">{whenText(draw.earnedAt)} 获得</View>
            <View className="quiet">{draw.expiresOn ? `有效期至${dayText(draw.expiresOn)}` : '长期有效'}</View>
          </View>
          <Points value={draw.points} signed />
        </Tap>
      ))}
    </View>
  )
}
