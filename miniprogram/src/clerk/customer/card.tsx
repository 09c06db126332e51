import { cleanDigits } from '@pointbook/shared/digits'
import { Text, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { call } from '../../api/call'
import { useShop } from '../../api/use-shop'
import { useAct } from '../../api/use-write'
import { inFours } from '../../code/pictures'
import { Button } from '../../components/button'
import { Confirm } from '../../components/sheet'
import { wechat } from '../../wechat'
import { update } from '../served'
import type { Visit } from '../visit'

/** The card of the member being served: give one, replace it, report it lost. Nothing where the shop has no cards. */
export function CustomerCard({ visit }: { visit: Visit }) {
  const shop = useShop()
  const [asking, setAsking] = useState(false)
  const [act, busy] = useAct()
  if (!shop?.cards) return null
  const { card } = visit.member
  const isLost = card?.state === 'lost'

  const show = (now: NonNullable<typeof card>, text: string) => {
    update(visit, () => ({ visit: { ...visit, member: { ...visit.member, card: now } } }))
    Taro.showToast({ title: text, icon: 'none' })
  }
  const give = async () => {
    const code = await wechat.scan()
    if (code === null) return
    const answer = await act(() => call('POST /clerk/cards', { visit: visit.visit, cardNo: cleanDigits(code) }))
    if (answer) show(answer, card ? '已补办，原卡作废，积分不变' : '已发卡')
  }
  const report = async () => {
    const reported = await act(() => call('POST /clerk/cards/loss', { visit: visit.visit }))
    setAsking(false)
    if (reported) show(reported, '已挂失')
  }
  return (
    <View className="card row">
      <View className="grow">
        <View className="card-title">会员卡</View>
        <View className="quiet">
          {card ? <Text className="digits">{inFours(card.cardNo)}</Text> : '还没有卡'}
          {isLost && ' · 已挂失'}
        </View>
      </View>
      <View className="card-buttons">
        {card && !isLost && (
          <Button kind="quiet" small busy={busy} onTap={() => setAsking(true)}>
            挂失
          </Button>
        )}
        <Button kind="quiet" small busy={busy} onTap={give}>
          {card ? '补办' : '发卡'}
        </Button>
      </View>
      <Confirm
        open={asking}
        title="为会员挂失这张卡？"
        yes="挂失"
        kind="danger"
        busy={busy}
        onYes={report}
        onClose={() => setAsking(false)}
      >
        挂失后这张卡不能再用，积分不受影响，可以马上补办一张新卡。
      </Confirm>
    </View>
  )
}
