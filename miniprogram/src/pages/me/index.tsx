import type { Api } from '@pointbook/shared/contract/index'
import { dayText } from '@pointbook/shared/day'
import { Text, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { useMe, useUsableLabel } from '../../api/use-me'
import { useRules } from '../../api/use-rules'
import { useShop } from '../../api/use-shop'
import { Cell } from '../../components/cell'
import { Face } from '../../components/face'
import { Icon } from '../../components/icon'
import { Notice } from '../../components/notice'
import { Page } from '../../components/page'
import { Points } from '../../components/points'
import { Confirm } from '../../components/sheet'
import { Loaded } from '../../components/states'
import { Tap } from '../../components/tap'
import { open, openAsMember } from '../../navigate'
import { logOut, useStanding } from '../../session/session'
import { asMember } from '../../session/sign-up'
import { SpendRequest } from '../../spend-request'
import './index.scss'

definePageConfig({ navigationBarTitleText: '我的', enablePullDownRefresh: true })

type Me = Api['GET /me']['reply']

export default function MePage() {
  const standing = useStanding()
  const me = useMe()
  return (
    <Page>
      {standing === 'visitor' ? (
        <Visitor />
      ) : (
        <Loaded from={me} rows={1}>
          {(data) => <Member me={data} />}
        </Loaded>
      )}
      {me.data?.staff && (
        <Tap className="staff" onTap={() => open('/clerk/home/index')}>
          <Icon name="swap" size={44} />
          <View className="grow">
            <View className="staff-title">切换到店员端</View>
            <View className="staff-stores one-line">{me.data.staff.stores.map(({ name }) => name).join('、')}</View>
          </View>
          <Icon name="right" size={32} />
        </Tap>
      )}
      {me.data?.leavingOn && (
        <Notice icon="alert" onTap={() => open('/member/leave/index')}>
          已申请注销，{dayText(me.data.leavingOn)}生效。点这里可以撤回
        </Notice>
      )}
      <Menu unread={me.data?.unreadMessages ?? 0} />
      {standing === 'member' && <LogOut />}
      <SpendRequest lookEveryMs={10_000} />
    </Page>
  )
}

function Member({ me }: { me: Me }) {
  const { profile, points, tier } = me
  return (
    <View className="card me-card">
      <Tap className="row" onTap={() => open('/member/profile/index')}>
        <Face big url={profile.avatarUrl} name={profile.nickname} />
        <View className="grow me-name">
          <View className="me-nickname one-line">{profile.nickname}</View>
          <View className="quiet">
            会员号 <Text className="digits">{me.memberNo}</Text>
          </View>
        </View>
        {tier && <View className="me-tier">{tier.name}</View>}
      </Tap>
      <View className="me-figures">
        <Figure label={useUsableLabel()} value={points.usable} url="/member/ledger/index" />
        <Figure label="累计获得" value={points.earned} url="/member/ledger/index?filter=in" />
        <Figure label="累计使用" value={points.spent} url="/member/ledger/index?filter=out" />
      </View>
    </View>
  )
}

function Figure({ label, value, url }: { label: string; value: number; url: string }) {
  return (
    <Tap className="me-figure" onTap={() => open(url)}>
      <Points value={value} />
      <View className="quiet">{label}</View>
    </Tap>
  )
}

function Visitor() {
  return (
    <Tap className="card row" onTap={asMember}>
      <Face big url="" name="你好" />
      <View className="grow me-name">
        <View className="me-nickname">登录 / 加入会员</View>
        <View className="quiet">查看积分、兑换好物</View>
      </View>
      <Icon name="right" size={32} color="var(--ink-3)" />
    </Tap>
  )
}

function Menu({ unread }: { unread: number }) {
  const shop = useShop()
  const { offers } = useRules()
  return (
    <>
      <View className="card cells">
        <Cell
          icon="bell"
          label="消息"
          value={unread > 0 && <Text className="me-unread digits">{unread}</Text>}
          onTap={() => openAsMember('/member/inbox/index')}
        />
        <Cell icon="alert" label="公告" onTap={() => open('/member/announcements/index')} />
        <Cell icon="list" label="积分明细" onTap={() => openAsMember('/member/ledger/index')} />
        <Cell icon="receipt" label="消费记录" onTap={() => openAsMember('/member/purchases/index')} />
        <Cell icon="tag" label="优惠券" onTap={() => openAsMember('/member/coupons/index')} />
        <Cell icon="gift" label="我的兑换" onTap={() => openAsMember('/member/orders/index')} />
      </View>
      <View className="card cells">
        <Cell icon="medal" label="会员权益" onTap={() => openAsMember('/member/benefits/index')} />
        {offers.includes('referral') && (
          <Cell icon="friends" label="邀请好友" onTap={() => openAsMember('/member/invite/index')} />
        )}
        <Cell icon="book" label="积分规则" onTap={() => open('/member/rules/index')} />
      </View>
      <View className="card cells">
        <Cell icon="person" label="个人资料" onTap={() => openAsMember('/member/profile/index')} />
        <Cell icon="lock" label="隐私与数据" onTap={() => openAsMember('/member/privacy/index')} />
        {shop?.cards && <Cell icon="card" label="会员卡" onTap={() => openAsMember('/member/card/index')} />}
        {shop?.servicePhone && (
          <Cell
            icon="phone"
            label="联系我们"
            value={shop.servicePhone}
            onTap={() => Taro.makePhoneCall({ phoneNumber: shop.servicePhone })}
          />
        )}
      </View>
    </>
  )
}

function LogOut() {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Tap className="me-leave" onTap={() => setAsking(true)}>
        退出登录
      </Tap>
      <Confirm
        open={asking}
        title="退出登录？"
        yes="退出"
        kind="danger"
        onYes={logOut}
        onClose={() => setAsking(false)}
      >
        积分都还在，随时可以用微信再登录。
      </Confirm>
    </>
  )
}
