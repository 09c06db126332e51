import { wholeFrom } from '@pointbook/shared/digits'
import { group } from '@pointbook/shared/money'
import { MOST_POINTS } from '@pointbook/shared/quantities'
import { Input, Text, View } from '@tarojs/components'
import { useState } from 'react'
import { call } from '../../../api/call'
import { Button } from '../../../components/button'
import { Cell } from '../../../components/cell'
import { Chips } from '../../../components/chips'
import { Face } from '../../../components/face'
import { Notice } from '../../../components/notice'
import { Page } from '../../../components/page'
import { Points } from '../../../components/points'
import { Confirm } from '../../../components/sheet'
import { ProblemNote, useDeed } from '../../problem'
import { usePreview } from '../../use-preview'
import type { Store } from '../../use-workplace'
import type { Visit } from '../../visit'
import { ReasonInput } from '../reason'
import type { Outcome } from './adjusted'

const ways = [
  { key: 'give', text: '增加' },
  { key: 'take', text: '扣减' },
] as const

type Way = (typeof ways)[number]['key']

interface Props {
  visit: Visit
  store: Store
  onDone(outcome: Outcome): void
  onAnother(): void
}

export function Adjusting({ visit: { visit, member }, store: { storeId }, onDone, onAnother }: Props) {
  const [way, setWay] = useState<Way>('give')
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const [asking, setAsking] = useState(false)
  const amount = amountIn(typed)
  const points = way === 'give' ? amount : -amount
  const wish = { visit, storeId, points }
  const ask = amount > 0 ? () => call('POST /clerk/adjustments/preview', wish) : null
  const preview = usePreview(ask, JSON.stringify(wish))
  const { send, busy, problem } = useDeed('POST /clerk/adjustments', preview.again)
  const { answer } = preview
  const because = answer?.because ?? ''

  const confirm = async () => {
    if (!answer) return
    const reply = await send({ ...wish, balance: answer.balance, reason: reason.trim() })
    setAsking(false)
    if (reply) onDone({ points, reply })
  }
  const change = `${way === 'give' ? '增加' : '扣减'} ${group(amount)} 分`
  const footer = (
    <>
      <ProblemNote problem={preview.problem ?? problem} onAgain={preview.problem ? preview.again : confirm} />
      <View className="adjust-buttons">
        <Button kind="quiet" onTap={onAnother}>
          换一位
        </Button>
        <Button disabled={!answer || reason.trim() === ''} busy={busy} onTap={() => setAsking(true)}>
          {because ? '提交审批' : '确认调整'}
        </Button>
      </View>
    </>
  )
  return (
    <Page footer={footer}>
      <View className="card row">
        <Face big url={member.avatarUrl} name={member.nickname} />
        <View className="grow adjust-who">
          <View className="adjust-nickname one-line">{member.nickname}</View>
          <View className="quiet digits one-line">
            {member.phoneMasked} · {member.memberNo}
          </View>
        </View>
      </View>
      <View className="card adjust-form">
        <Chips options={ways} chosen={way} onChoose={setWay} />
        <View className="adjust-points">
          <Input
            className="adjust-input digits"
            type="number"
            maxlength={12}
            value={typed}
            placeholder="多少积分"
            onInput={(e) => setTyped(e.detail.value)}
          />
          <Text>分</Text>
        </View>
        {typed !== '' && amount === 0 && <View className="adjust-hint">请填大于 0 的整数，例如 50</View>}
        <ReasonInput value={reason} placeholder="原因（会员会看到），例如：补记昨天漏记的消费" onChange={setReason} />
      </View>
      {answer && (
        <View className="card cells">
          <Cell label="现在" value={<Points value={answer.before} />} />
          <Cell label="调整" value={<Points value={points} signed />} />
          <Cell label="调整后" value={<Points value={answer.balance} className="adjust-after" />} />
        </View>
      )}
      {because !== '' && <Notice icon="alert">{because}，要商家审批。审批通过以后积分才会变。</Notice>}
      <Confirm
        open={asking && answer !== undefined}
        title={because ? '提交审批？' : `给${member.nickname}${change}？`}
        yes={because ? '提交' : change}
        kind={way === 'give' ? 'main' : 'danger'}
        busy={busy}
        onYes={confirm}
        onClose={() => setAsking(false)}
      >
        <View>{`${because ? `${member.nickname}${change}：` : ''}余额从 ${group(answer?.before ?? 0)} 分变成 ${group(answer?.balance ?? 0)} 分。`}</View>
        <View>{`原因：${reason.trim()}`}</View>
      </Confirm>
    </Page>
  )
}

/** Points above zero; 0 for anything else. */
function amountIn(typed: string): number {
  const amount = wholeFrom(typed)
  return amount !== null && amount > 0 && amount <= MOST_POINTS ? amount : 0
}
