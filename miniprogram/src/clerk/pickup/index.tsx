import type { Api } from '@pointbook/shared/contract/index'
import { orderStates } from '@pointbook/shared/words'
import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { Button } from '../../components/button'
import { Cell } from '../../components/cell'
import { Page } from '../../components/page'
import { Picture } from '../../components/picture'
import { Points } from '../../components/points'
import { Confirm } from '../../components/sheet'
import { Empty } from '../../components/states'
import { whenText } from '../../time'
import { FinishButtons, FinishHead } from '../finish'
import { ProblemNote, useDeed } from '../problem'
import { useServedOrder } from '../served'
import { useScan } from '../use-scan'
import { type Store, useWorkplace } from '../use-workplace'
import type { Pickup } from '../visit'
import './index.scss'

definePageConfig({ navigationBarTitleText: '取货' })

type Order = Api['POST /clerk/pickups']['reply']['order']

export default function PickupPage() {
  const served = useServedOrder()
  const { store } = useWorkplace()
  const next = useScan(store, 'pickup')
  const { send, busy, problem } = useDeed('POST /clerk/pickups')
  const [asking, setAsking] = useState(false)
  const [handedOver, setHandedOver] = useState<Pickup>()

  if (!served)
    return (
      <Page>
        <Empty drawing="box" title="请先扫取货码" text="回到工作台，扫一扫会员兑换订单里的取货码" />
      </Page>
    )
  const { order, memberNickname } = served
  if (handedOver === served)
    return (
      <Page footer={<FinishButtons next={next} />}>
        <FinishHead title={`已交给${memberNickname}`} />
        <About order={order} memberNickname={memberNickname} />
      </Page>
    )

  const handOver = async () => {
    if (!store) return
    const done = await send({ code: order.pickupCode, storeId: store.storeId })
    setAsking(false)
    if (done) setHandedOver(served)
  }
  const obstacle = obstacleTo(order, store)

  const footer = obstacle ? (
    <FinishButtons next={next} />
  ) : (
    <>
      <ProblemNote problem={problem} onAgain={handOver} />
      <Button busy={busy} onTap={() => setAsking(true)}>
        交给会员
      </Button>
    </>
  )
  return (
    <Page footer={footer}>
      {obstacle && <View className="pickup-stop">{obstacle}</View>}
      <About order={order} memberNickname={memberNickname} />
      <Confirm
        open={asking}
        title="东西交给会员了？"
        yes="已经交给会员"
        busy={busy}
        onYes={handOver}
        onClose={() => setAsking(false)}
      >
        {order.itemName} ×{order.quantity}，交给 {memberNickname}。确认以后订单就完成了，不能再取消。
      </Confirm>
    </Page>
  )
}

function About({ order, memberNickname }: { order: Order; memberNickname: string }) {
  return (
    <>
      <View className="card pickup-item">
        <Picture url={order.pictureUrl} className="pickup-picture" />
        <View className="grow">
          <View className="pickup-name">{order.itemName}</View>
          <View className="pickup-quantity">
            <Text className="digits">×{order.quantity}</Text>
          </View>
        </View>
      </View>
      {order.instructions && <View className="card pickup-note">{order.instructions}</View>}
      <View className="card cells">
        <Cell label="会员" value={memberNickname} />
        <Cell label="取货门店" value={order.storeName} />
        <Cell
          label="使用积分"
          value={
            <>
              <Points value={order.points} /> 分
            </>
          }
        />
        <Cell label="兑换时间" value={<Text className="digits">{whenText(order.madeAt)}</Text>} />
        <Cell label="订单号" value={<Text className="digits">{order.orderNo}</Text>} />
      </View>
    </>
  )
}

/** Why this order cannot be handed over here, in words; '' when it can. */
function obstacleTo(order: Order, store: Store | undefined): string {
  if (order.state !== 'waiting') {
    const when = order.endedAt ? `（${whenText(order.endedAt)}）` : ''
    return `这个订单${orderStates[order.state]}${when}，不要再给货`
  }
  if (store && order.storeId !== store.storeId)
    return `取货门店是「${order.storeName}」，您现在在「${store.name}」。请会员去那家店取，或在工作台切换门店`
  return ''
}
