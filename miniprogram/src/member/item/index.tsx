import { refusedBy } from '@pointbook/shared/client'
import type { Api } from '@pointbook/shared/contract/index'
import { group, yuan } from '@pointbook/shared/money'
import { Text, View } from '@tarojs/components'
import { useLoad as useArrival, useShareAppMessage } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { useMe } from '../../api/use-me'
import { Benefits } from '../../components/benefits'
import { Button, buttonLook } from '../../components/button'
import { Icon } from '../../components/icon'
import { Page } from '../../components/page'
import { Picture } from '../../components/picture'
import { Points } from '../../components/points'
import { BrokenLink, Loaded } from '../../components/states'
import { Tap } from '../../components/tap'
import { idIn, usePageParams } from '../../launch'
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
  const params = usePageParams()
  const itemId = idIn(params.id)
  const standing = useStanding()
  const item = useLoad(itemId ? () => call('GET /mall/items/:itemId', { itemId }) : null, [itemId, standing])
  const me = useMe()
  const [redeeming, setRedeeming] = useState(false)
  const path = useSharePath(itemId)
  const [isOff, setOff] = useState(false)
  const obstacle = isOff ? '商品已下架' : item.data ? obstacleTo(item.data, me.data) : ''
  // biome-ignore lint/correctness/useExhaustiveDependencies: an item that was read again is on the shelf
  useEffect(() => setOff(false), [item.data])
  // The last piece was redeemed by somebody else while the sheet was open.
  useEffect(() => {
    if (obstacle) setRedeeming(false)
  }, [obstacle])
  useArrival(() => rememberInviter(params))
  useShareAppMessage(() => ({ title: item.data?.name ?? '积分好物', path }))

  if (!itemId)
    return (
      <Page>
        <BrokenLink />
      </Page>
    )
  return (
    <Page footer={item.data && <Footer obstacle={obstacle} onRedeem={() => setRedeeming(asMember())} />}>
      <Loaded from={item}>{(data) => <About item={data} tier={me.data?.tier} path={path} />}</Loaded>
      {item.data && me.data && (
        <RedeemSheet
          item={item.data}
          usable={me.data.points.usable}
          open={redeeming}
          onClose={() => setRedeeming(false)}
          onRefused={(error) => {
            if (refusedBy<'POST /mall/redemptions'>(error, 'item.unlisted')) setOff(true)
            item.reload()
            me.reload()
          }}
        />
      )}
    </Page>
  )
}

/** The target of a shared link: this item, with the invite code of a member who shares it. */
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
          <ShareButton className={`${buttonLook('quiet', true)} item-share`} path={path}>
            分享
          </ShareButton>
        </View>
        <View className="item-facts">
          <Text>{item.stock > 0 ? `剩 ${group(item.stock)} 件` : '已兑完'}</Text>
          <Text>已有 {group(item.redeemed)} 人次兑换</Text>
          {item.limitPerMember !== null && <Text>每人限 {item.limitPerMember} 件</Text>}
        </View>
      </View>
      {!!tier?.benefits.length && (
        <Tap className="card" onTap={() => open('/member/benefits/index')}>
          <View className="row">
            <View className="card-title grow">{tier.name}权益</View>
            <Icon name="right" size={30} color="var(--ink-3)" />
          </View>
          <Benefits of={tier.benefits} />
        </Tap>
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
          <View>· 取货前可以取消，积分退回，到期日不变；已过有效期的部分退回后随即失效</View>
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

function Footer({ obstacle, onRedeem }: { obstacle: string; onRedeem(): void }) {
  return (
    <Button disabled={obstacle !== ''} onTap={onRedeem}>
      {obstacle || '立即兑换'}
    </Button>
  )
}

/** Why this member cannot redeem the item now, in a few words; '' when they can. */
function obstacleTo(item: Item, me: Me | undefined): string {
  const missing = me ? item.points - me.points.usable : 0
  const { limitPerMember: limit, takenByMe } = item
  if (me?.standing === 'frozen') return '账户已冻结，暂时不能兑换'
  if (item.stock === 0) return '已兑完，补货后再来'
  if (limit !== null && (takenByMe ?? 0) >= limit) return `每人限 ${limit} 件，您已兑过`
  return missing > 0 ? `还差 ${group(missing)} 分` : ''
}
