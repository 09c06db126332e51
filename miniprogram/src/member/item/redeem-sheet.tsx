import type { Api } from '@pointbook/shared/contract/index'
import { group } from '@pointbook/shared/money'
import { Text, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { useCredits } from '../../api/use-credits'
import { readShopAgain, useShop } from '../../api/use-shop'
import { toast, useWrite } from '../../api/use-write'
import { isUnsure } from '../../api/wire'
import { Button } from '../../components/button'
import { Points } from '../../components/points'
import { Confirm } from '../../components/sheet'
import { Stepper } from '../../components/stepper'
import { Tap } from '../../components/tap'
import './redeem-sheet.scss'

interface Props {
  item: Api['GET /mall/items/:itemId']['reply']
  usable: number
  open: boolean
  /** The item or the points may have changed: they are to be read again. */
  onRefused(error: unknown): void
  onClose(): void
}

/** The values on the sheet that a tap confirms. */
interface Seen {
  quantity: number
  storeId: number | undefined
  points: number
  usable: number
}

/**
 * Store and quantity, price and remaining points; then the order with its pick-up code. After a lost answer the confirmed values
 * stay.
 */
export function RedeemSheet({ item, usable, open, onRefused, onClose }: Props) {
  const shop = useShop()
  const credits = useCredits('pickup')
  const [wanted, setQuantity] = useState(1)
  const [chosen, setChosen] = useState<number>()
  const [lost, setLost] = useState<Seen | null>(null)
  const [redeem, busy] = useWrite('POST /mall/redemptions', (error) => {
    if (isUnsure(error)) return setLost(now)
    setLost(null)
    toast(error)
    readShopAgain()
    onRefused(error)
  })
  // A store that has closed meanwhile is chosen no more.
  const store = shop?.stores.find((one) => one.storeId === chosen) ?? shop?.stores[0]
  const storeId = store?.storeId
  const mayTake = item.limitPerMember === null ? 99 : item.limitPerMember - (item.takenByMe ?? 0)
  const most = Math.max(1, Math.min(99, item.stock, mayTake, Math.floor(usable / Math.max(1, item.points))))
  const now = lost ?? { quantity: Math.min(wanted, most), storeId, points: item.points, usable }
  const cost = now.points * now.quantity

  const confirm = async () => {
    const { quantity, points } = now
    if (now.storeId === undefined) return
    const done = await redeem({ itemId: item.itemId, quantity, storeId: now.storeId, points })
    if (!done) return
    setLost(null)
    onClose()
    Taro.redirectTo({ url: `/member/order/index?no=${done.order.orderNo}&fresh=1` })
  }

  return (
    <Confirm
      open={open}
      title="确认兑换"
      yes={`用 ${group(cost)} 分兑换`}
      busy={busy}
      onYes={confirm}
      onClose={onClose}
    >
      <View className="redeem-line">
        <Text className="grow one-line">{item.name}</Text>
        {lost ? <Text>{now.quantity} 件</Text> : <Stepper value={now.quantity} most={most} onChange={setQuantity} />}
      </View>
      <View className="redeem-label">取货门店</View>
      {shop?.stores.map((one) => (
        <Tap
          key={one.storeId}
          className={one.storeId === now.storeId ? 'redeem-store redeem-store-chosen' : 'redeem-store'}
          chosen={one.storeId === now.storeId}
          disabled={lost !== null}
          onTap={() => setChosen(one.storeId)}
        >
          <View className="redeem-store-name">{one.name}</View>
          <View className="quiet">{[one.address, one.hours].filter(Boolean).join(' · ')}</View>
        </Tap>
      ))}
      <View className="redeem-line">
        <Text className="grow">兑换后剩余</Text>
        <Text>
          <Points value={now.usable - cost} /> 分
        </Text>
      </View>
      {lost && (
        <View className="redeem-lost">
          没有收到回答，网络可能断了。可以放心再点一次，不会重复兑换；也可以到「我的兑换」里看看有没有兑到。
        </View>
      )}
      {credits.left === 0 && credits.isOffered && (
        <View className="redeem-line">
          <Text className="grow">兑换成功后微信通知我</Text>
          <Button kind="quiet" small busy={credits.busy} onTap={credits.ask}>
            开启
          </Button>
        </View>
      )}
    </Confirm>
  )
}
