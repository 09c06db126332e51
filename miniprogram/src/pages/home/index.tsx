import { Text, View } from '@tarojs/components'
import Taro, { useLoad as useArrival, useRouter, useShareAppMessage } from '@tarojs/taro'
import { useEffect } from 'react'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { useMe } from '../../api/use-me'
import { useRules } from '../../api/use-rules'
import { useShop } from '../../api/use-shop'
import { Cell } from '../../components/cell'
import { ItemTiles } from '../../components/item-tile'
import { Notice } from '../../components/notice'
import { Page } from '../../components/page'
import { Loaded } from '../../components/states'
import { Tap } from '../../components/tap'
import { open } from '../../navigate'
import { useFarewell, useRebindingDueAt, useStanding } from '../../session/session'
import { rememberInviter } from '../../session/sign-up'
import { SpendRequest } from '../../spend-request'
import { whenText } from '../../time'
import { Actions } from './actions'
import { AnnouncementLine } from './announcement'
import { CheckInStrip } from './check-in-strip'
import { Hero, Welcome } from './hero'
import { NewAgreement } from './new-agreement'
import { Rebinding } from './rebinding'
import { Rights } from './rights'
import './index.scss'

definePageConfig({ navigationBarTitleText: '积分簿', enablePullDownRefresh: true, enableShareAppMessage: true })

export default function Home() {
  const { params } = useRouter()
  const standing = useStanding()
  const farewell = useFarewell()
  const rebindingDueAt = useRebindingDueAt()
  const me = useMe()
  const shop = useShop()
  const { offers } = useRules()
  const picks = useLoad(() => call('GET /mall/items', { limit: 6 }), [])
  useArrival(() => rememberInviter(params))
  const title = shop?.name
  useEffect(() => {
    if (title) Taro.setNavigationBarTitle({ title })
  }, [title])
  useShareAppMessage(() => ({ title: `${shop?.name ?? '小店'}的会员积分`, path: '/pages/home/index' }))

  return (
    <Page>
      {standing === 'visitor' && <Welcome shopName={shop?.name ?? ''} />}
      {standing !== 'visitor' && (
        <Loaded from={me} rows={1}>
          {(data) => <Hero me={data} />}
        </Loaded>
      )}
      {farewell && <Notice stop>{farewell}</Notice>}
      {rebindingDueAt && <Notice icon="phone">换绑已申请，{whenText(rebindingDueAt)} 起打开小程序就能登录</Notice>}
      {me.data?.rebinding && <Rebinding rebinding={me.data.rebinding} onDecided={me.reload} />}
      {shop?.notice && <Notice icon="bell">{shop.notice}</Notice>}
      <SpendRequest lookEveryMs={10_000} />
      <AnnouncementLine />
      <NewAgreement />
      {me.data?.tier && <Rights tier={me.data.tier} />}
      {offers.includes('check-in') && <CheckInStrip hasStreak={offers.includes('streak')} />}
      <Actions />
      <Tap className="section-title" onTap={() => open('/pages/mall/index')}>
        <Text>积分好物</Text>
        <Text className="section-more">全部</Text>
      </Tap>
      <Loaded from={picks}>{({ rows }) => <ItemTiles items={rows} />}</Loaded>
      {!!shop?.stores.length && <View className="section-title">门店</View>}
      {shop?.stores.map((store) => (
        <View key={store.storeId} className="card store">
          <View className="card-title">{store.name}</View>
          <View className="quiet">{store.address}</View>
          <View className="quiet">营业时间 {store.hours}</View>
        </View>
      ))}
      {shop?.servicePhone && (
        <View className="card cells">
          <Cell
            icon="phone"
            label="联系我们"
            value={shop.servicePhone}
            onTap={() => Taro.makePhoneCall({ phoneNumber: shop.servicePhone })}
          />
        </View>
      )}
    </Page>
  )
}
