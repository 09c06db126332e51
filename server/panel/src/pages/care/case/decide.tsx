import { Radio } from 'antd'
import { useState } from 'react'
import { useWrite } from '../../../api/use-write.ts'
import { AskReason } from '../../../pieces/ask-reason.tsx'
import { type Decision, decisions } from '../../../pieces/case/decisions.ts'
import { NumberInput } from '../../../pieces/number-input.tsx'
import { countText } from '../../../pieces/numbers.ts'
import { optionsOf } from '../../../pieces/options.ts'
import { useDone } from '../../../pieces/use-done.tsx'
import { caseReadings } from './readings.ts'
import type { SuspectOf } from './types.ts'

interface Props {
  caseId: number
  member: SuspectOf
  onClose: () => void
}

export function Decide({ caseId, member, onClose }: Props) {
  const [decision, setDecision] = useState<Decision>('reinstated')
  const [points, setPoints] = useState<number | null>(null)
  const done = useDone()
  const decide = useWrite('POST /admin/cases/:caseId/decisions', { withId: false, changes: caseReadings })
  const { memberId, nickname, balance, waitingOrders } = member
  const orders = waitingOrders > 0 ? `还有 ${countText(waitingOrders)} 件兑换等待取货，不会自动取消。` : ''
  const consequences: Record<Decision, string> = {
    reinstated: '账户恢复正常，可以继续得积分和兑换；已收回的积分不退回。',
    cancelled: `会员不能再登录，剩余的 ${countText(balance)} 分同时失效。${orders}这一步不能撤销。`,
    cleared: '账户恢复正常，并向会员致歉；可以送一些积分作为补偿。公示时不会提到这位会员。',
  }
  const confirm = (reason: string) => {
    const apology = decision === 'cleared' && points !== null ? { points } : {}
    decide.send({ caseId, memberId, decision, reason, ...apology }, () => {
      done(`「${nickname}」：${decisions[decision]}`)
      onClose()
    })
  }
  return (
    <AskReason
      open
      title={`「${nickname}」的处理结果`}
      okText={decisions[decision]}
      danger={decision === 'cancelled'}
      placeholder="会员会读到，例如：经核对小票，情况属实"
      maxLength={100}
      write={decide}
      besides={[decision, points]}
      onConfirm={confirm}
      onCancel={onClose}
    >
      <Radio.Group
        aria-label="结论"
        value={decision}
        onChange={({ target }) => setDecision(target.value)}
        options={optionsOf(decisions)}
        style={{ marginBottom: 8 }}
      />
      <p className="soft">{consequences[decision]}</p>
      {decision === 'cleared' && (
        <NumberInput
          value={points}
          onChange={setPoints}
          min={0}
          max={1_000_000}
          placeholder="补偿积分，可不填"
          suffix="分"
          style={{ width: 220, marginBottom: 16 }}
          aria-label="补偿积分"
        />
      )}
    </AskReason>
  )
}
