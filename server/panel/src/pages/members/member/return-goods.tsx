import { yuan } from '@pointbook/shared/money'
import { claimSeen, leftOf } from '@pointbook/shared/returning'
import { useQuery } from '@tanstack/react-query'
import { Button, Form } from 'antd'
import { call, type Input, type Reply } from '../../../api/call.ts'
import { useWrite } from '../../../api/use-write.ts'
import { AskReason } from '../../../pieces/ask-reason.tsx'
import { NumberInput } from '../../../pieces/number-input.tsx'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import { type Back, useBack } from './use-back.ts'

type Purchase = Reply<'GET /admin/members/:memberId/purchases'>['rows'][number]
type Goods = Input<'POST /admin/purchases/returns/preview'>

const previewing = 'POST /admin/purchases/returns/preview'

interface Props {
  purchase: Purchase
  onClose: () => void
}

/** The merchant records a return for any store. The figures are shown before and sent with the confirmation. */
export function ReturnGoods({ purchase, onClose }: Props) {
  const { storeId, receiptNo, memberNickname, offset } = purchase
  const back = useBack(purchase)
  const done = useDone()
  const goods = { storeId, receiptNo, lines: back.returned }
  const give = useWrite('POST /admin/purchases/returns', {
    withId: true,
    changes: [
      previewing,
      'GET /admin/members/:memberId',
      'GET /admin/members/:memberId/purchases',
      'GET /admin/members/:memberId/entries',
      'POST /admin/members/search',
    ],
  })
  // Returned goods have no preview, so the dialog requests none while it closes.
  const preview = usePreview(goods, back.isReady && !give.isPending && !give.isSuccess)
  const confirm = (reason: string) => {
    if (!preview.data) return
    give.send({ ...goods, ...claimSeen(preview.data), reason }, ({ text }) => {
      done(`退货已记录：${text}`)
      onClose()
    })
  }
  return (
    <AskReason
      open
      danger
      title={`「${memberNickname}」的小票 ${receiptNo} 退货`}
      okText="确认退货"
      placeholder="记在操作记录里，例如：门店已停业，总部收货"
      disabled={!preview.data}
      write={give}
      besides={back.returned}
      width={640}
      onConfirm={confirm}
      onCancel={onClose}
    >
      <p className="soft">
        <Button size="small" style={{ float: 'right' }} onClick={back.all}>
          全部退
        </Button>
        钱请在收银系统里退，这里只处理积分。
      </p>
      {back.left.map((line) => (
        <ReturnLine key={line.line} line={line} money={offset ? '原价' : '退款'} back={back} />
      ))}
      <RefusalAlert error={preview.error} />
      {preview.data && (
        <p className="digits">
          <strong>退款 ¥{yuan(preview.data.refundFen)}</strong>，{preview.data.text}
        </p>
      )}
    </AskReason>
  )
}

/** The preview of the return; no request until something is chosen. */
const usePreview = (goods: Goods, isReady: boolean) =>
  useQuery({ queryKey: [previewing, goods], queryFn: () => call(previewing, goods), enabled: isReady })

interface LineProps {
  line: Purchase['lines'][number]
  /** The meaning of the amount: the money to refund, or the price, of which points paid a part. */
  money: string
  back: Back
}

function ReturnLine({ line, money, back }: LineProps) {
  const left = leftOf(line)
  const odd = back.oddText(line)
  return (
    <Form.Item
      label={`${line.name}（可退 ${left.quantity} 件，¥${yuan(left.amountFen)}）`}
      layout="vertical"
      validateStatus={odd ? 'error' : undefined}
      help={odd || undefined}
    >
      <NumberInput
        value={back.of(line).quantity}
        onChange={(quantity) => back.setQuantity(line, quantity)}
        min={0}
        max={left.quantity}
        suffix="件"
        placeholder="0"
        style={{ width: 120, marginRight: 12 }}
        aria-label={`${line.name}退几件`}
      />
      <NumberInput
        value={back.of(line).yuan}
        onChange={(amount) => back.setYuan(line, amount)}
        min={0}
        max={left.amountFen / 100}
        precision={2}
        prefix="¥"
        suffix={money}
        placeholder="0.00"
        style={{ width: 200 }}
        aria-label={`${line.name}${money}`}
      />
    </Form.Item>
  )
}
