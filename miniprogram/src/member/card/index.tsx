import type { Api } from '@pointbook/shared/contract/index'
import { dayText } from '@pointbook/shared/day'
import { View } from '@tarojs/components'
import { useState } from 'react'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { useAct } from '../../api/use-write'
import { barPicture, inFours } from '../../code/pictures'
import { Button } from '../../components/button'
import { Cell } from '../../components/cell'
import { Graphic } from '../../components/graphic'
import { membersOnly } from '../../components/members-only'
import { Page } from '../../components/page'
import { Confirm } from '../../components/sheet'
import { Empty, Loaded } from '../../components/states'
import { dayAt } from '../../time'
import './index.scss'

definePageConfig({ navigationBarTitleText: '会员卡', enablePullDownRefresh: true })

type Card = NonNullable<Api['GET /me/card']['reply']['card']>

export default membersOnly(CardPage)

function CardPage() {
  const mine = useLoad(() => call('GET /me/card'), [])
  return (
    <Page>
      <Loaded from={mine} rows={1}>
        {({ card }) =>
          card ? (
            <MyCard card={card} onLost={mine.reload} />
          ) : (
            <Empty drawing="card" title="还没有会员卡" text="到店里请店员发一张，没有卡也能用会员码积分" />
          )
        }
      </Loaded>
    </Page>
  )
}

function MyCard({ card: { cardNo, state, issuedAt }, onLost }: { card: Card; onLost(): Promise<void> }) {
  const [asking, setAsking] = useState(false)
  const [act, busy] = useAct()
  const isLost = state === 'lost'
  const report = async () => {
    const reported = await act(() => call('POST /me/card/loss'))
    setAsking(false)
    if (reported) await onLost()
  }
  return (
    <>
      <View className={isLost ? 'my-card my-card-lost' : 'my-card'}>
        <View className="my-card-state">{isLost ? '已挂失' : '使用中'}</View>
        <Graphic className="my-card-bars" alt="会员卡的条形码" src={barPicture(cardNo)} mode="scaleToFill" />
        <View className="my-card-no digits">{inFours(cardNo)}</View>
      </View>
      <View className="card cells">
        <Cell label="发卡日期" value={dayText(dayAt(issuedAt))} />
        <Cell label="积分" value="跟着您本人，换卡不受影响" />
      </View>
      {isLost ? (
        <View className="my-card-hint">这张卡已经不能用了。到店里出示会员码，店员会为您补办新卡。</View>
      ) : (
        <View className="my-card-report">
          <Button kind="quiet" onTap={() => setAsking(true)}>
            卡丢了，挂失
          </Button>
        </View>
      )}
      <Confirm
        open={asking}
        title="挂失这张会员卡？"
        yes="挂失"
        kind="danger"
        busy={busy}
        onYes={report}
        onClose={() => setAsking(false)}
      >
        挂失后收银台不再接受这张卡，积分都还在。之后可以到店补办；如果又找到了，请联系商家解除挂失。
      </Confirm>
    </>
  )
}
