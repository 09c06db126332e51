import { View } from '@tarojs/components'
import { useDidHide, useDidShow } from '@tarojs/taro'
import { useState } from 'react'
import { useMe } from '../../api/use-me'
import { Button } from '../../components/button'
import { Page } from '../../components/page'
import { Empty, Failed } from '../../components/states'
import { useStanding } from '../../session/session'
import { asMember } from '../../session/sign-up'
import { SpendRequest } from '../../spend-request'
import { wechat } from '../../wechat'
import './index.scss'
import { LatestEntry } from './latest-entry'
import { MemberCode } from './member-code'

definePageConfig({ navigationBarTitleText: '会员码' })

export default function CodePage() {
  const standing = useStanding()
  const me = useMe()
  const [shown, setShown] = useState(true)
  useDidShow(() => {
    setShown(true)
    wechat.brighten(true)
  })
  useDidHide(() => {
    setShown(false)
    wechat.brighten(false)
  })

  if (standing === 'visitor')
    return (
      <Page>
        <View className="card">
          <Empty drawing="card" title="加入会员，到店出示会员码" text="店员扫一扫，积分马上到账">
            <Button onTap={asMember}>加入会员</Button>
          </Empty>
        </View>
      </Page>
    )
  return (
    <Page className="code-page">
      <View className="code-card">
        <View className="code-head">
          <View className="code-name one-line">{me.data?.profile.nickname ?? ' '}</View>
          <View className="code-tier">{me.data?.tier?.name}</View>
        </View>
        {shown && standing === 'member' && <MemberCode />}
        {standing === 'unreached' && <Failed text={me.failure} onRetry={me.reload} />}
      </View>
      {shown && standing === 'member' && <LatestEntry />}
      <SpendRequest lookEveryMs={3_000} />
      <View className="code-hint">结账时请店员扫码。每个码只能用一次，请勿截图转发。</View>
    </Page>
  )
}
