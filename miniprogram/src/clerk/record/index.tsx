import { group, yuan } from '@pointbook/shared/money'
import { Text, View } from '@tarojs/components'
import { call } from '../../api/call'
import { useLoad } from '../../api/use-load'
import { Button } from '../../components/button'
import { Cell } from '../../components/cell'
import { ExplanationLines } from '../../components/explanation-lines'
import { Page } from '../../components/page'
import { Points } from '../../components/points'
import { BrokenLink, Loaded } from '../../components/states'
import { idIn, usePageParams } from '../../launch'
import { open } from '../../navigate'
import { whenText } from '../../time'
import type { Purchase } from '../purchase'
import './index.scss'

definePageConfig({ navigationBarTitleText: '小票详情', enablePullDownRefresh: true })

export default function RecordPage() {
  const { store, no: receiptNo = '' } = usePageParams()
  const storeId = idIn(store)
  const isWhole = storeId > 0 && receiptNo !== ''
  const purchase = useLoad(
    isWhole ? () => call('GET /clerk/purchases/:storeId/:receiptNo', { storeId, receiptNo }) : null,
    [storeId, receiptNo],
  )
  const left = purchase.data && purchase.data.returnedFen < purchase.data.amountFen
  const toReturn = () => open(`/clerk/return/index?store=${storeId}&no=${encodeURIComponent(receiptNo)}`)
  return (
    <Page
      footer={
        left && (
          <Button kind="quiet" onTap={toReturn}>
            退货
          </Button>
        )
      }
    >
      {isWhole ? <Loaded from={purchase}>{(data) => <About purchase={data} />}</Loaded> : <BrokenLink />}
    </Page>
  )
}

function About({ purchase }: { purchase: Purchase }) {
  return (
    <>
      <View className="card cells">
        <Cell label="会员" value={purchase.memberNickname} />
        <Cell label="门店" value={purchase.storeName} />
        <Cell label="小票号" value={<Text className="digits">{purchase.receiptNo}</Text>} />
        <Cell label="时间" value={<Text className="digits">{whenText(purchase.at)}</Text>} />
        {purchase.paidFen < purchase.amountFen && <Cell label="应付" value={`¥${yuan(purchase.amountFen)}`} />}
        {purchase.offset && (
          <Cell label="积分抵现" value={`${group(purchase.offset.points)} 分抵 ¥${yuan(purchase.offset.fen)}`} />
        )}
        <Cell label="实付" value={`¥${yuan(purchase.paidFen)}`} />
        <Cell label="获得积分" value={<Points value={purchase.points} signed />} />
        {purchase.returnedFen > 0 && <Cell label="已退款" value={`¥${yuan(purchase.returnedFen)}`} />}
        {purchase.returnedPoints > 0 && <Cell label="已收回积分" value={<Points value={-purchase.returnedPoints} />} />}
      </View>
      <View className="card">
        <View className="card-title">商品</View>
        {purchase.lines.map((line) => (
          <View key={line.line} className="sold">
            <View className="grow">
              <View className="one-line">
                {line.name} ×{line.quantity}
              </View>
              {line.returnedFen + line.returnedQuantity > 0 && (
                <View className="sold-returned">
                  已退 {line.returnedQuantity} 件，¥{yuan(line.returnedFen)}
                </View>
              )}
            </View>
            <View className="sold-sum">
              <View className="digits">¥{yuan(line.amountFen)}</View>
              <View className="quiet">
                <Points value={line.points} /> 分
              </View>
            </View>
          </View>
        ))}
      </View>
      {purchase.why.length > 0 && (
        <View className="card">
          <View className="card-title">为什么是这些积分</View>
          <ExplanationLines why={purchase.why} />
        </View>
      )}
    </>
  )
}
