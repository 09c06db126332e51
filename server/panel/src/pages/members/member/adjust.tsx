import { ArrowRightOutlined } from '@ant-design/icons'
import { Form, Segmented } from 'antd'
import { useState } from 'react'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { useWrite } from '../../../api/use-write.ts'
import { AskReason } from '../../../pieces/ask-reason.tsx'
import { approvalLists, NeedsApproval, SUBMITTED } from '../../../pieces/needs-approval.tsx'
import { NumberInput } from '../../../pieces/number-input.tsx'
import { countText, deltaText } from '../../../pieces/numbers.ts'
import { useDone } from '../../../pieces/use-done.tsx'
import type { Member } from './types.ts'

interface Props {
  member: Member
  open: boolean
  onClose: () => void
}

/** Shows the balance before and after, so that a typing error is visible before confirmation. */
export function Adjust({ member, open, onClose }: Props) {
  const [way, setWay] = useState<'add' | 'take'>('add')
  const [amount, setAmount] = useState<number | null>(null)
  const done = useDone()
  const adjust = useWrite('POST /admin/members/:memberId/adjustments', {
    withId: true,
    changes: [
      ...([
        'GET /admin/members/:memberId',
        'GET /admin/members/:memberId/entries',
        'POST /admin/members/search',
      ] as const),
      ...approvalLists,
    ],
  })
  const { balance, usable, debt } = member.points
  const points = (way === 'add' ? 1 : -1) * (amount || 0)
  // A debt is paid at once from added points.
  const repaid = Math.min(debt, Math.max(0, points))
  const after = balance + points - repaid
  const most = useRead('GET /admin/approval-needs', {}, { enabled: open }).data?.adjustPoints ?? null
  const needed = most !== null && Math.abs(points) > most
  const tooMuch = way === 'take' && (amount || 0) > usable
  const close = () => {
    adjust.reset()
    setAmount(null)
    setWay('add')
    onClose()
  }
  const confirm = (reason: string) => {
    if (!points || tooMuch) return
    const onDone = (reply: Reply<'POST /admin/members/:memberId/adjustments'>) => {
      const made = `已${way === 'add' ? '增加' : '扣减'} ${countText(Math.abs(points))} 分`
      done('waiting' in reply ? SUBMITTED : `${made}，余额 ${countText(reply.balance)} 分`)
      close()
    }
    adjust.send({ memberId: member.memberId, points, balance: after, reason }, onDone)
  }
  return (
    <AskReason
      open={open}
      title={`调整「${member.nickname}」的积分`}
      okText={needed ? `提交审批 ${deltaText(points)} 分` : points ? `确认 ${deltaText(points)} 分` : '确认调整'}
      danger={way === 'take'}
      disabled={!points || tooMuch}
      placeholder="会员在积分明细里能看到，例如：补记 11 月 20 日消费"
      write={adjust}
      besides={[way, amount]}
      onConfirm={confirm}
      onCancel={close}
    >
      <div style={{ display: 'flex', gap: 12, alignItems: 'flex-start' }}>
        <Segmented
          aria-label="增加还是扣减"
          value={way}
          onChange={setWay}
          options={[
            { value: 'add', label: '增加' },
            { value: 'take', label: '扣减' },
          ]}
        />
        <Form.Item
          style={{ flex: 1, marginBottom: 12 }}
          validateStatus={tooMuch ? 'error' : undefined}
          help={tooMuch ? `最多只能扣减 ${countText(usable)} 分` : undefined}
        >
          <NumberInput
            value={amount}
            onChange={setAmount}
            min={1}
            max={1_000_000_000}
            placeholder="多少积分"
            suffix="分"
            style={{ width: '100%' }}
            aria-label="积分数"
          />
        </Form.Item>
      </div>
      <div className="adjust-sum digits">
        <span>
          <span className="soft small">调整前</span>
          <strong>{countText(balance)}</strong>
        </span>
        <ArrowRightOutlined className="soft" />
        <span>
          <span className="soft small">调整后</span>
          <strong className={points < 0 ? 'loss' : points > 0 ? 'gain' : ''}>{countText(after)}</strong>
        </span>
      </div>
      {needed && <NeedsApproval because={`一次调整超过 ${countText(most)} 分`} />}
      {repaid > 0 && <p className="soft small">其中 {countText(repaid)} 分先抵还欠分</p>}
    </AskReason>
  )
}
