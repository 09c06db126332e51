import { useWrite } from '../../../api/use-write.ts'
import { AskReason } from '../../../pieces/ask-reason.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import type { Member } from './types.ts'

interface Props {
  member: Member
  open: boolean
  onClose: () => void
}

export function Freeze({ member, open, onClose }: Props) {
  const done = useDone()
  const frozen = member.standing === 'frozen'
  const change = useWrite('POST /admin/members/:memberId/standing', {
    withId: true,
    changes: ['GET /admin/members/:memberId', 'POST /admin/members/search'],
  })
  const close = () => {
    change.reset()
    onClose()
  }
  const confirm = (reason: string) =>
    change.send({ memberId: member.memberId, standing: frozen ? 'active' : 'frozen', reason }, () => {
      done(frozen ? '已解除冻结' : '账户已冻结')
      close()
    })
  return (
    <AskReason
      open={open}
      title={frozen ? `解除「${member.nickname}」的冻结` : `冻结「${member.nickname}」的账户`}
      okText={frozen ? '解除冻结' : '冻结'}
      danger={!frozen}
      placeholder={frozen ? '例如：核实无误' : '例如：同一小票多次退货，待核实'}
      write={change}
      onConfirm={confirm}
      onCancel={close}
    >
      <p className="soft">
        {frozen
          ? '解除后会员立刻可以照常积分和兑换。'
          : '冻结后会员不能再得积分，也不能兑换，积分余额原样保留；随时可以解除。'}
      </p>
    </AskReason>
  )
}
