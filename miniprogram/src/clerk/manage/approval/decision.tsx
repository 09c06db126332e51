import type { Api } from '@pointbook/shared/contract/index'
import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Button } from '../../../components/button'
import { Confirm } from '../../../components/sheet'
import { ProblemNote, useDeed } from '../../problem'
import { ReasonInput } from '../reason'

type Detail = Api['GET /clerk/approvals/:approvalId']['reply']

const told = {
  approved: '已同意，并已执行',
  refused: '已拒绝，提交的人会看到原因',
  withdrawn: '提交的人已撤回',
  ended: '没有执行，请看结果',
  waiting: '',
} satisfies Record<Detail['state'], string>

/** Yes or no; the approval carries the figures that the page showed. */
export function Decision({ approval, onChanged }: { approval: Detail; onChanged(): Promise<void> }) {
  const { approvalId, figures, title, member, askedBy } = approval
  const [asking, setAsking] = useState<'approve' | 'refuse'>()
  const [reason, setReason] = useState('')
  const { send, busy, problem } = useDeed('POST /clerk/approvals/:approvalId/decision', onChanged)
  const close = () => setAsking(undefined)

  const decide = async (wish: Parameters<typeof send>[0]) => {
    const answer = await send(wish)
    close()
    if (!answer) return
    Taro.showToast({ title: told[answer.state], icon: 'none' })
    await onChanged()
  }
  const approve = () => figures && decide({ approvalId, decision: 'approve', reason: '', figures })
  const refuse = () => decide({ approvalId, decision: 'refuse', reason: reason.trim() })

  return (
    <>
      <ProblemNote problem={problem} />
      <View className="approval-buttons">
        <Button kind="danger" busy={busy} onTap={() => setAsking('refuse')}>
          不同意
        </Button>
        <Button disabled={!figures} busy={busy} onTap={() => setAsking('approve')}>
          同意
        </Button>
      </View>
      <Confirm
        open={asking === 'approve'}
        title="同意这个申请？"
        yes="同意并执行"
        busy={busy}
        onYes={approve}
        onClose={close}
      >
        {`${member ? `${member.nickname}：` : ''}${title}。由${askedBy}提交，同意以后马上执行。`}
      </Confirm>
      <Confirm
        open={asking === 'refuse'}
        title="为什么不同意？"
        yes="确定不同意"
        kind="danger"
        busy={busy}
        onYes={refuse}
        onClose={close}
      >
        <ReasonInput value={reason} placeholder="写明原因，提交的人会看到" onChange={setReason} />
      </Confirm>
    </>
  )
}
