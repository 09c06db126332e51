import type { Api } from '@pointbook/shared/contract/index'
import { yuan } from '@pointbook/shared/money'
import { Text, View } from '@tarojs/components'
import { useLoad as useArrival, useRouter, useShareAppMessage } from '@tarojs/taro'
import { useState } from 'react'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { useMe } from '../../api/use-me'
import { Benefits } from '../../components/benefits'
import { Button } from '../../components/button'
import { Icon } from '../../components/icon'
import { Page } from '../../components/page'
import { Picture } from '../../components/picture'
import { Points } from '../../components/points'
import { Loaded } from '../../components/states'
import { open } from '../../navigate'
import { useStanding } from '../../session/session'
import { asMember, rememberInviter } from '../../session/sign-up'
import { ShareButton } from '../../wechat'
import './index.scss'
import { RedeemSheet } from './redeem-sheet'

definePageConfig({ navigationBarTitleText: '商品详情', enablePullDownRefresh: true, enableShareAppMessage: true })

type Item = Api['GET /mall/items/:itemId']['reply']
type Me = Api['GET /me']['reply']

export default function ItemPage() {
  const { params } = useRouter()
  const itemId = Number(params.id)
  const standing = useStanding()
  const item = useLoad(() => call('GET /mall/items/:itemId', { itemId }), [itemId, standing])
  const me = useMe()
  const [redeeming, setRedeeming] = useState(false)
  const path = useSharePath(itemId)
  useArrival(() => rememberInviter(params))
  useShareAppMessage(() => ({ title: item.data?.name ?? '积分好物', path }))

  return (
    <Page footer={item.data && <Footer item={item.data} me={me.data} onRedeem={() => setRedeeming(asMember())} />}>
      <Loaded from={item}>{(data) => <About item={data} tier={me.data?.tier} path={path} />}</Loaded>
      {item.data && me.data && (
        <RedeemSheet
          item={item.data}
          usable={me.data.points.usable}
          open={redeeming}
          onRefused={item.reload}
          onClose={() => setRedeeming(false)}
        />
      )}
    </Page>
  )
}

/** Where a shared link leads: to this item, and with a member's code if a member shares it. */
function useSharePath(itemId: number): string {
  const standing = useStanding()
  const invitation = useLoad(standing === 'member' ? () => call('GET /me/invitation') : null, [standing])
  const by = invitation.data ? `&inviter=${invitation.data.inviteCode}&by=share` : ''
  return `/member/item/index?id=${itemId}${by}`
}

function About({ item, tier, path }: { item: Item; tier: Me['tier'] | undefined; path: string }) {
  return (
    <>
      <View className="item-picture">
        <Picture url={item.pictureUrl} />
      </View>
      <View className="card">
        <View className="item-price">
          <Points value={item.points} /> <Text className="item-unit">分</Text>
          {item.worthFen > 0 && <Text className="item-worth">价值 ¥{yuan(item.worthFen)}</Text>}
        </View>
        <View className="row">
          <View className="item-name grow">{item.name}</View>
          <ShareButton className="item-share" path={path}>
            分享
          </ShareButton>
        </View>
        <View className="item-facts">
          <Text>{item.stock > 0 ? `剩 ${item.stock} 件` : '已兑完'}</Text>
          <Text>已有 {item.redeemed} 人次兑换</Text>
          {item.limitPerMember !== null && <Text>每人限 {item.limitPerMember} 件</Text>}
        </View>
      </View>
      {!!tier?.benefits.length && (
        <View className="card" onClick={() => open('/member/benefits/index')}>
          <View className="row">
            <View className="card-title grow">{tier.name}权益</View>
            <Icon name="right" size={30} color="var(--ink-3)" />
          </View>
          <Benefits of={tier.benefits} />
        </View>
      )}
      {item.description && <Words title="商品介绍" text={item.description} />}
      {item.instructions && <Words title="使用说明" text={item.instructions} />}
      <View className="card">
        <View className="card-title">兑换须知</View>
        <View className="item-words">
          {item.limitPerMember !== null && (
            <View>
              · 每位会员最多兑 {item.limitPerMember} 件{item.takenByMe ? `，您已兑 ${item.takenByMe} 件` : ''}
            </View>
          )}
          <View>· 兑换后凭取货码到所选门店领取</View>
          <View>· 取货前可以取消，积分退回原来的批次，有效期不变</View>
        </View>
      </View>
    </>
  )
}

function Words({ title, text }: { title: string; text: string }) {
  return (
    <View className="card">
      <View className="card-title">{title}</View>
      <Text className="item-words">{text}</Text>
    </View>
  )
}

function Footer({ item, me, onRedeem }: { item: Item; me: Me | undefined; onRedeem(): void }) {
  const missing = me ? item.points - me.points.usable : 0
  const taken = item.limitPerMember !== null && (item.takenByMe ?? 0) >= item.limitPerMember
  const off = item.stock === 0 ? '已兑完，补货后再来' : taken ? '您已兑满' : missing > 0 ? `还差 ${missing} 分` : ''
  return (
    <Button disabled={off !== ''} onTap={onRedeem}>
      {off || '立即兑换'}
    </Button>
  )
}
