import type { Api } from '@pointbook/shared/contract/index'
import { yuan } from '@pointbook/shared/money'
import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { Button } from '../../components/button'
import { Cell } from '../../components/cell'
import { Page } from '../../components/page'
import { Points } from '../../components/points'
import { FinishHead } from '../finish'
import type { Purchase } from '../purchase'

export type Claim = Api['POST /clerk/returns']['reply']

export function Returned({ purchase, claim, onAnother }: { purchase: Purchase; claim: Claim; onAnother(): void }) {
  const { offset } = claim
  const moved = (offset?.points ?? 0) - claim.points
  const needsWords = claim.points === 0 || claim.taken !== claim.points || (offset?.lapsed ?? 0) > 0
  const footer = (
    <View className="finish-buttons">
      <Button kind="quiet" onTap={onAnother}>
        再退一张
      </Button>
      <Button onTap={() => Taro.navigateBack()}>完成</Button>
    </View>
  )
  return (
    <Page footer={footer}>
      <FinishHead title="退货已记录">
        {moved !== 0 && (
          <>
            <Points value={moved} signed /> 分
          </>
        )}
      </FinishHead>
      {needsWords && <View className="card">{claim.text}。</View>}
      <View className="card cells">
        <Cell label="会员" value={purchase.memberNickname} />
        <Cell label="退款" value={`¥${yuan(claim.refundFen)}`} />
        {offset && <Cell label="退回抵现积分" value={<Points value={offset.points} signed />} />}
        {offset && <Cell label="收回消费积分" value={<Points value={-claim.points} signed />} />}
        <Cell label="会员现有积分" value={<Points value={claim.balance} />} />
      </View>
    </Page>
  )
}
