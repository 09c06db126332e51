import type { Api } from '@pointbook/shared/contract/index'
import { group, yuan } from '@pointbook/shared/money'
import { View } from '@tarojs/components'
import { call } from '../../api/call'
import { usePages } from '../../api/use-pages'
import { membersOnly } from '../../components/members-only'
import { Page } from '../../components/page'
import { Points } from '../../components/points'
import { Empty, ListEnd, Loaded } from '../../components/states'
import { Tap } from '../../components/tap'
import { open } from '../../navigate'
import { whenText } from '../../time'
import './index.scss'

definePageConfig({ navigationBarTitleText: '消费记录', enablePullDownRefresh: true })

type Purchase = Api['GET /me/purchases']['reply']['rows'][number]

export default membersOnly(Purchases)

/** The amount paid in money; points paid the rest. */
const paidFen = ({ amountFen, offset }: Purchase) => amountFen - (offset?.fen ?? 0)

function Purchases() {
  const purchases = usePages((cursor) => call('GET /me/purchases', { cursor }), [])
  return (
    <Page>
      <Loaded from={purchases} rows={4}>
        {() =>
          purchases.rows.length ? (
            <>
              {purchases.rows.map((purchase) => (
                <Tap
                  key={purchase.storeName + purchase.receiptNo}
                  className="card"
                  onTap={() => open(`/member/entry/index?seq=${purchase.seq}`)}
                >
                  <View className="row">
                    <View className="card-title grow">{purchase.storeName}</View>
                    <View className="purchase-amount digits">¥{yuan(paidFen(purchase))}</View>
                  </View>
                  <View className="row quiet">
                    <View className="grow digits">
                      {whenText(purchase.at)} · {purchase.receiptNo}
                    </View>
                    {purchase.points === 0 ? '未得积分' : <Points value={purchase.points} signed />}
                  </View>
                  {purchase.offset && (
                    <View className="purchase-offset">
                      应付 ¥{yuan(purchase.amountFen)}，用 {group(purchase.offset.points)} 分抵了 ¥
                      {yuan(purchase.offset.fen)}
                    </View>
                  )}
                  {purchase.returnedFen > 0 && (
                    <View className="purchase-returned">已退 ¥{yuan(purchase.returnedFen)}</View>
                  )}
                </Tap>
              ))}
              <ListEnd of={purchases} />
            </>
          ) : (
            <Empty drawing="box" title="还没有消费记录" text="结账时出示会员码，消费和积分都会记在这里" />
          )
        }
      </Loaded>
    </Page>
  )
}
