import type { Api } from '@pointbook/shared/contract/index'
import { group } from '@pointbook/shared/money'
import { orderStates } from '@pointbook/shared/words'
import { Text, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useMemo, useState } from 'react'
import { call } from '../../api/call'
import { useEvery } from '../../api/use-every'
import { useLoad } from '../../api/use-load'
import { useShop } from '../../api/use-shop'
import { useWrite } from '../../api/use-write'
import { barPicture, inFours, qrPicture } from '../../code/pictures'
import { Cell } from '../../components/cell'
import { Graphic } from '../../components/graphic'
import { Icon } from '../../components/icon'
import { membersOnly } from '../../components/members-only'
import { Page } from '../../components/page'
import { Picture } from '../../components/picture'
import { Points } from '../../components/points'
import { Confirm } from '../../components/sheet'
import { BrokenLink, Loaded } from '../../components/states'
import { Tap } from '../../components/tap'
import { usePageParams } from '../../launch'
import { open } from '../../navigate'
import { whenText } from '../../time'
import './index.scss'

definePageConfig({ navigationBarTitleText: '兑换详情', enablePullDownRefresh: true })

const lookEveryMs = 5_000

type Order = Api['GET /me/redemptions/:orderNo']['reply']

export default membersOnly(OrderPage)

function OrderPage() {
  const { no: orderNo = '', fresh } = usePageParams()
  const isWhole = /^\d{1,15}-\d{1,10}$/.test(orderNo)
  const order = useLoad(isWhole ? () => call('GET /me/redemptions/:orderNo', { orderNo }) : null, [orderNo])
  // The member is at the counter: the page shows the hand-over as soon as it is recorded.
  useEvery(lookEveryMs, order.data?.state === 'waiting' ? order.reload : undefined)
  if (!isWhole)
    return (
      <Page>
        <BrokenLink />
      </Page>
    )
  return (
    <Page>
      <Loaded from={order}>
        {(data) => (
          <>
            {fresh && data.state === 'waiting' && <Success />}
            {data.state === 'waiting' ? <Pickup order={data} /> : <Ended order={data} />}
            <About order={data} />
            {data.state === 'waiting' && <Cancel order={data} onDone={order.reload} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Success() {
  return (
    <View className="order-success">
      <View className="order-success-mark">
        <Icon name="check" size={52} color="#fff" />
      </View>
      <View className="order-success-title">兑换成功</View>
      <View className="quiet">到店出示下面的取货码就可以领取</View>
    </View>
  )
}

function Pickup({ order }: { order: Order }) {
  const code = order.pickupCode
  const pictures = useMemo(() => ({ qr: qrPicture(code), bars: barPicture(code) }), [code])
  return (
    <View className="card pickup">
      <View className="quiet">取货码</View>
      <View className="pickup-code digits">{inFours(code)}</View>
      <Graphic className="pickup-bars" alt="取货码的条形码" src={pictures.bars} mode="scaleToFill" />
      <Graphic className="pickup-qr" alt="取货码的二维码" src={pictures.qr} mode="scaleToFill" />
      <View className="quiet">到「{order.storeName}」出示，店员扫码后即可领取</View>
    </View>
  )
}

function Ended({ order }: { order: Order }) {
  return (
    <View className="card pickup">
      <View className={`ended ended-${order.state}`}>{orderStates[order.state]}</View>
      {order.state === 'cancelled' && <View className="quiet">取货码已经作废</View>}
      {order.endedAt && <View className="quiet digits">{whenText(order.endedAt)}</View>}
    </View>
  )
}

function About({ order }: { order: Order }) {
  const store = useShop()?.stores.find(({ storeId }) => storeId === order.storeId)
  return (
    <View className="card">
      <Tap className="row order-item" onTap={() => open(`/member/item/index?id=${order.itemId}`)}>
        <Picture url={order.pictureUrl} className="order-thumb" />
        <View className="grow">
          <View className="card-title one-line">{order.itemName}</View>
          <View className="quiet">
            共 {order.quantity} 件 · <Points value={order.points} /> 分
          </View>
        </View>
        <Icon name="right" size={30} color="var(--ink-3)" />
      </Tap>
      <Cell
        label="取货门店"
        value={
          <>
            <View>{order.storeName}</View>
            {store && <View className="quiet">{store.address}</View>}
          </>
        }
      />
      <Cell label="兑换时间" value={<Text className="digits">{whenText(order.madeAt)}</Text>} />
      <Cell label="订单号" value={<Text className="digits">{order.orderNo}</Text>} />
      {order.instructions && <View className="order-instructions">{order.instructions}</View>}
    </View>
  )
}

function Cancel({ order, onDone }: { order: Order; onDone(): Promise<void> }) {
  const [asking, setAsking] = useState(false)
  const [cancel, busy] = useWrite('POST /me/redemptions/:orderNo/cancel')
  const confirm = async () => {
    const done = await cancel({ orderNo: order.orderNo })
    setAsking(false)
    if (done) Taro.showToast({ title: done.text, icon: 'none', duration: 3000 })
    await onDone()
  }
  return (
    <>
      <Tap className="order-cancel" onTap={() => setAsking(true)}>
        取消兑换
      </Tap>
      <Confirm
        open={asking}
        title="取消这次兑换？"
        yes="取消兑换"
        kind="danger"
        busy={busy}
        onYes={confirm}
        onClose={() => setAsking(false)}
      >
        {group(order.points)} 分会退回，到期日不变；已过有效期的部分退回后随即失效。
      </Confirm>
    </>
  )
}
