import { Text, View } from '@tarojs/components'
import Taro, { useLoad as useArrival, useRouter, useShareAppMessage } from '@tarojs/taro'
import { useEffect } from 'react'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { useMe } from '../../api/use-me'
import { useShop } from '../../api/use-shop'
import { Cell } from '../../components/cell'
import { Icon } from '../../components/icon'
import { ItemTiles } from '../../components/item-tile'
import { Page } from '../../components/page'
import { Loaded } from '../../components/states'
import { open } from '../../navigate'
import { useFarewell, useStanding } from '../../session/session'
import { rememberInviter } from '../../session/sign-up'
import { Actions } from './actions'
import { AnnouncementLine } from './announcement'
import { CheckInStrip } from './check-in-strip'
import { Hero, Welcome } from './hero'
import { Rights } from './rights'
import './index.scss'

definePageConfig({ navigationBarTitleText: '积分簿', enablePullDownRefresh: true, enableShareAppMessage: true })

export default function Home() {
  const { params } = useRouter()
  const standing = useStanding()
  const farewell = useFarewell()
  const me = useMe()
  const shop = useShop()
  const picks = useLoad(() => call('GET /mall/items', { limit: 6 }), [])
  useArrival(() => rememberInviter(params))
  useEffect(() => {
    if (shop) Taro.setNavigationBarTitle({ title: shop.name })
  }, [shop])
  useShareAppMessage(() => ({ title: `${shop?.name ?? '小店'}的会员积分`, path: '/pages/home/index' }))

  return (
    <Page>
      {standing === 'visitor' && <Welcome shopName={shop?.name ?? ''} />}
      {standing !== 'visitor' && (
        <Loaded from={me} rows={1}>
          {(data) => <Hero me={data} />}
        </Loaded>
      )}
      {farewell && <View className="notice notice-stop">{farewell}</View>}
      {me.data && me.data.standing !== 'active' && <Frozen />}
      {shop?.notice && (
        <View className="notice">
          <Icon name="bell" size={32} />
          <Text className="grow">{shop.notice}</Text>
        </View>
      )}
      <AnnouncementLine />
      {me.data?.tier && <Rights tier={me.data.tier} />}
      <CheckInStrip />
      <Actions />
      <View className="section-title" onClick={() => open('/pages/mall/index')}>
        <Text>积分好物</Text>
        <Text className="section-more">全部</Text>
      </View>
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

function Frozen() {
  return <View className="notice notice-stop">账户已被冻结，积分暂时不能使用。如有疑问，请联系门店。</View>
}
