import type { Api } from '@pointbook/shared/contract/index'
import { yuan } from '@pointbook/shared/money'
import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { Button } from '../../components/button'
import { ExplanationLines } from '../../components/explanation-lines'
import { Icon } from '../../components/icon'
import { Points } from '../../components/points'
import { Sheet } from '../../components/sheet'
import { Tap } from '../../components/tap'
import type { usePreview } from '../use-preview'

interface Props {
  amountFen: number
  /** What is missing, in words; '' for nothing. */
  hint: string
  preview: Pick<ReturnType<typeof usePreview<Api['POST /clerk/purchases/preview']['reply']>>, 'answer' | 'problem'>
  busy: boolean
  /** The action of the button: record, or ask the member first. */
  yes: string
  waiting: boolean
  onConfirm(): void
}

/** The money to pay and the points earned. It can be confirmed only when the points on the screen belong to the present input. */
export function Total({ amountFen, hint, preview: { answer, problem }, busy, yes, waiting, onConfirm }: Props) {
  const [asked, setAsked] = useState(false)
  const paidFen = answer?.offset?.fen ?? 0
  return (
    <View className="total">
      <View className="grow">
        <View className="total-sum digits">¥{yuan(amountFen - paidFen)}</View>
        {paidFen > 0 && (
          <View className="quiet digits">
            应付 ¥{yuan(amountFen)}，积分抵 ¥{yuan(paidFen)}
          </View>
        )}
        {answer ? (
          <Tap className="total-points" onTap={() => setAsked(true)}>
            <Points value={answer.points} signed /> 分<Text className="total-why">为什么</Text>
            <Icon name="right" size={26} />
          </Tap>
        ) : (
          <View className="quiet">{hint || (problem ? '没能算出积分' : '正在算积分…')}</View>
        )}
      </View>
      <Button disabled={!answer || waiting} busy={busy} onTap={onConfirm}>
        {yes}
      </Button>
      <Sheet open={asked && answer !== undefined} title="为什么是这些积分" onClose={() => setAsked(false)}>
        {answer && <ExplanationLines why={answer.why} />}
      </Sheet>
    </View>
  )
}
