import { group, yuan } from '@pointbook/shared/money'
import { claimSeen, leftOf } from '@pointbook/shared/returning'
import { Input, Text, View } from '@tarojs/components'
import { useState } from 'react'
import { call } from '../../api/call'
import { Button } from '../../components/button'
import { Page } from '../../components/page'
import { Confirm } from '../../components/sheet'
import { Empty } from '../../components/states'
import { Stepper } from '../../components/stepper'
import { whenText } from '../../time'
import { ProblemNote, useDeed } from '../problem'
import type { Purchase, PurchaseLine } from '../purchase'
import { usePreview } from '../use-preview'
import { useWorkplace } from '../use-workplace'
import { useChoice } from './choice'
import type { Claim } from './returned'

interface Props {
  purchase: Purchase
  onReturned(claim: Claim): void
  onAnother(): void
}

export function Choosing({ purchase, onReturned, onAnother }: Props) {
  const choice = useChoice(purchase)
  const [asking, setAsking] = useState(false)
  const { storeId, receiptNo } = purchase
  const { store } = useWorkplace()
  const wish = { storeId, receiptNo, lines: choice.returned, ...(store && { takenAt: store.storeId }) }
  const ask = choice.isReady ? () => call('POST /clerk/returns/preview', wish) : null
  const preview = usePreview(ask, JSON.stringify(wish))
  const { send, busy, problem } = useDeed('POST /clerk/returns', preview.again)
  const refundFen = preview.answer?.refundFen ?? choice.amountFen
  const left = purchase.lines.filter((line) => leftOf(line).quantity > 0 || leftOf(line).amountFen > 0)

  const giveBack = async () => {
    const claim = await send({ ...wish, ...(preview.answer && claimSeen(preview.answer)) })
    setAsking(false)
    if (claim) onReturned(claim)
  }

  if (left.length === 0)
    return (
      <Page footer={<Button onTap={onAnother}>查另一张</Button>}>
        <Head purchase={purchase} />
        <Empty drawing="box" title="这张小票已经全部退完" />
      </Page>
    )
  const footer = (
    <>
      <ProblemNote problem={problem ?? preview.problem} onAgain={problem ? giveBack : preview.again} />
      <View className="row">
        <View className="grow">
          <View className="claim-sum digits">退 ¥{yuan(refundFen)}</View>
          <View className={preview.answer ? 'claim-text' : 'quiet'}>
            {preview.answer?.text ?? (choice.isReady ? '正在算积分…' : '请选择要退的商品')}
          </View>
        </View>
        <Button kind="danger" disabled={!preview.answer} busy={busy} onTap={() => setAsking(true)}>
          确认退货
        </Button>
      </View>
    </>
  )
  return (
    <Page className="claim" footer={footer}>
      <Head purchase={purchase} />
      <View className="card">
        <View className="row">
          <Text className="card-title grow">退哪些</Text>
          <Button kind="quiet" small onTap={choice.all}>
            全部退
          </Button>
        </View>
        {left.map((line) => (
          <ReturnLine key={line.line} line={line} price={purchase.offset ? '原价' : '退款'} choice={choice} />
        ))}
      </View>
      <Confirm
        open={asking}
        title="确认退货？"
        yes="确认退货"
        kind="danger"
        busy={busy}
        onYes={giveBack}
        onClose={() => setAsking(false)}
      >
        {purchase.memberNickname}的小票 {receiptNo}：退 {choice.quantity} 件，退款 ¥{yuan(refundFen)}。
        {preview.answer?.text}。钱请在收银系统里退，这里只处理积分。
      </Confirm>
    </Page>
  )
}

function Head({ purchase }: { purchase: Purchase }) {
  const { offset } = purchase
  return (
    <View className="card claim-head">
      <View className="card-title">{purchase.memberNickname}</View>
      <View className="quiet">
        {purchase.storeName} · 小票 {purchase.receiptNo} · <Text className="digits">{whenText(purchase.at)}</Text>
      </View>
      <View className="quiet">
        {offset
          ? `应付 ¥${yuan(purchase.amountFen)}，其中 ${group(offset.points)} 分抵 ¥${yuan(offset.fen)}`
          : `实付 ¥${yuan(purchase.paidFen)}`}
        ，获得 {group(purchase.points)} 分
        {purchase.returnedFen > 0 && `；已退 ¥${yuan(purchase.returnedFen)}，收回 ${group(purchase.returnedPoints)} 分`}
      </View>
    </View>
  )
}

interface ReturnLineProps {
  line: PurchaseLine
  /** The meaning of the amount: the money to refund, or the price, of which points paid a part. */
  price: string
  choice: ReturnType<typeof useChoice>
}

function ReturnLine({ line, price, choice }: ReturnLineProps) {
  const left = leftOf(line)
  return (
    <View className="back">
      <View className="row">
        <View className="grow">
          <View className="one-line">{line.name}</View>
          <View className="quiet">
            可退 {left.quantity} 件，¥{yuan(left.amountFen)}
          </View>
        </View>
        <Stepper
          least={0}
          most={left.quantity}
          value={choice.of(line).quantity}
          onChange={(quantity) => choice.setQuantity(line, quantity)}
        />
      </View>
      <View className="back-money">
        <Text>{price} ¥</Text>
        <Input
          className="back-input digits"
          type="digit"
          maxlength={12}
          value={choice.of(line).amount}
          placeholder="0.00"
          onInput={(e) => choice.setAmount(line, e.detail.value)}
        />
      </View>
      {choice.oddText(line) && <View className="receipt-no-hint">{choice.oddText(line)}</View>}
    </View>
  )
}
