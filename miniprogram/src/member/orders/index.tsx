import type { Api } from '@pointbook/shared/contract/index'
import { orderStates } from '@pointbook/shared/words'
import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { call } from '../../api/call'
import { usePages } from '../../api/use-pages'
import { inFours } from '../../code/pictures'
import { Button } from '../../components/button'
import { Chips } from '../../components/chips'
import { membersOnly } from '../../components/members-only'
import { Page } from '../../components/page'
import { Picture } from '../../components/picture'
import { Points } from '../../components/points'
import { Empty, ListEnd, Loaded } from '../../components/states'
import { Tap } from '../../components/tap'
import { open } from '../../navigate'
import './index.scss'

definePageConfig({ navigationBarTitleText: '我的兑换', enablePullDownRefresh: true })

type Order = Api['GET /me/redemptions']['reply']['rows'][number]

const filters = [
  { key: 'all', text: '全部' },
  { key: 'waiting', text: orderStates.waiting },
  { key: 'handed-over', text: orderStates['handed-over'] },
  { key: 'cancelled', text: orderStates.cancelled },
] as const

export default membersOnly(Orders)

function Orders() {
  const [filter, setFilter] = useState<(typeof filters)[number]['key']>('all')
  const state = filter === 'all' ? undefined : filter
  const orders = usePages((cursor) => call('GET /me/redemptions', { state, cursor }), [filter])
  return (
    <Page>
      <Chips options={filters} chosen={filter} onChoose={setFilter} />
      <Loaded from={orders} rows={4}>
        {() =>
          orders.rows.length ? (
            <>
              {orders.rows.map((order) => (
                <OrderCard key={order.orderNo} order={order} />
              ))}
              <ListEnd of={orders} />
            </>
          ) : (
            <Empty drawing="box" title="还没有兑换记录" text="去商城挑一件喜欢的吧">
              <Button kind="quiet" small onTap={() => open('/pages/mall/index')}>
                逛逛商城
              </Button>
            </Empty>
          )
        }
      </Loaded>
    </Page>
  )
}

function OrderCard({ order }: { order: Order }) {
  return (
    <Tap className="card order" onTap={() => open(`/member/order/index?no=${order.orderNo}`)}>
      <View className="order-head">
        <Text className="quiet">{order.storeName}</Text>
        <Text className={`order-state order-${order.state}`}>{orderStates[order.state]}</Text>
      </View>
      <View className="row">
        <Picture url={order.pictureUrl} className="order-picture" />
        <View className="grow order-body">
          <View className="one-line order-name">{order.itemName}</View>
          <View className="quiet">
            共 {order.quantity} 件 · <Points value={order.points} /> 分
          </View>
          {order.state === 'waiting' && (
            <View className="order-code">
              取货码 <Text className="digits">{inFours(order.pickupCode)}</Text>
            </View>
          )}
        </View>
      </View>
    </Tap>
  )
}
