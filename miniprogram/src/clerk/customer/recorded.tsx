import type { Api } from '@pointbook/shared/contract/index'
import { dayText } from '@pointbook/shared/day'
import { group, yuan } from '@pointbook/shared/money'
import { Text, View } from '@tarojs/components'
import { Cell } from '../../components/cell'
import { ExplanationLines } from '../../components/explanation-lines'
import { Page } from '../../components/page'
import { Points } from '../../components/points'
import { FinishButtons, FinishHead } from '../finish'
import type { useScan } from '../use-scan'

export type Receipt = Exclude<Api['POST /clerk/purchases']['reply'], Held>

/** A purchase that waits for a second person. */
export type Held = Extract<Api['POST /clerk/purchases']['reply'], { waiting: unknown }>

interface Props {
  nickname: string
  receipt: Receipt
  /** Recorded by an earlier tap whose answer was lost. */
  before: boolean
  next: ReturnType<typeof useScan>
}

export function Recorded({ nickname, receipt, before, next }: Props) {
  const { offset } = receipt
  return (
    <Page footer={<FinishButtons next={next} />}>
      <FinishHead title={`已记到${nickname}名下`}>
        <Points value={receipt.points} signed /> 分
      </FinishHead>
      {before && <View className="stop">这一单之前已经记上了，没有重复记。要改请先退货，再重新记一笔。</View>}
      <View className="card cells">
        <Cell label="小票号" value={<Text className="digits">{receipt.receiptNo}</Text>} />
        {offset && <Cell label="应付" value={`¥${yuan(receipt.amountFen)}`} />}
        {offset && <Cell label="积分抵现" value={`${group(offset.points)} 分抵 ¥${yuan(offset.fen)}`} />}
        <Cell label="实付" value={`¥${yuan(receipt.amountFen - (offset?.fen ?? 0))}`} />
        <Cell label="现有积分" value={<Points value={receipt.balance} />} />
        {receipt.points > 0 && (
          <Cell label="有效期至" value={receipt.expiresOn ? dayText(receipt.expiresOn) : '长期有效'} />
        )}
      </View>
      {receipt.why.length > 0 && (
        <View className="card">
          <View className="card-title">为什么是这些积分</View>
          <ExplanationLines why={receipt.why} />
        </View>
      )}
    </Page>
  )
}
