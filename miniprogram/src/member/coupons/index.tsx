import type { Api } from '@pointbook/shared/contract/index'
import { couponStates } from '@pointbook/shared/coupons'
import { dayText } from '@pointbook/shared/day'
import { yuan } from '@pointbook/shared/money'
import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { Button } from '../../components/button'
import { Chips } from '../../components/chips'
import { membersOnly } from '../../components/members-only'
import { Page } from '../../components/page'
import { Empty, Loaded } from '../../components/states'
import { open } from '../../navigate'
import './index.scss'

definePageConfig({ navigationBarTitleText: '优惠券', enablePullDownRefresh: true })

type Coupon = Api['GET /me/coupons']['reply']['rows'][number]

const filters = [
  { key: 'usable', text: '可使用' },
  { key: 'used', text: '已使用' },
  { key: 'ended', text: '已失效' },
] as const

type Filter = (typeof filters)[number]['key']

export default membersOnly(Coupons)

function Coupons() {
  const [filter, setFilter] = useState<Filter>('usable')
  const coupons = useLoad(() => call('GET /me/coupons', { state: filter }), [filter])
  return (
    <Page>
      <Chips options={filters} chosen={filter} onChoose={setFilter} />
      <Loaded from={coupons} rows={4}>
        {({ rows }) =>
          rows.length ? rows.map((coupon) => <Card key={coupon.couponNo} coupon={coupon} />) : <None filter={filter} />
        }
      </Loaded>
    </Page>
  )
}

function Card({ coupon }: { coupon: Coupon }) {
  const { name, saving, terms, description, state } = coupon
  return (
    <View className={state === 'held' ? 'card coupon' : 'card coupon coupon-over'}>
      <View className="coupon-saving">{saving}</View>
      <View className="row">
        <View className="grow card-title">{name}</View>
        {state !== 'held' && <Text className="coupon-state">{couponStates[state]}</Text>}
      </View>
      <View className="quiet">{daysText(coupon)}</View>
      <View className="coupon-terms">{[...terms, description].filter(Boolean).join('；')}</View>
    </View>
  )
}

function daysText({ state, validFrom, validUntil, savedFen, reason }: Coupon): string {
  if (state === 'used') return `省了 ¥${yuan(savedFen)}`
  if (state === 'voided') return `商家作废：${reason}`
  return `${dayText(validFrom)}至${dayText(validUntil)}可用`
}

function None({ filter }: { filter: Filter }) {
  if (filter !== 'usable') return <Empty drawing="box" title="这里还没有券" text="用过的和过期的券会留在这里" />
  return (
    <Empty drawing="box" title="还没有可用的券" text="收到优惠券后，结账时出示会员码就能用">
      <Button kind="quiet" small onTap={() => open('/pages/mall/index')}>
        逛逛商城
      </Button>
    </Empty>
  )
}
