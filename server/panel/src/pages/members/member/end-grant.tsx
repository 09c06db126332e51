import { useWrite } from '../../../api/use-write.ts'
import { AskReason } from '../../../pieces/ask-reason.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import type { Member } from './types.ts'

interface Props {
  member: Member
  tierName: string
  open: boolean
  onClose: () => void
}

export function EndGrant({ member, tierName, open, onClose }: Props) {
  const done = useDone()
  const end = useWrite('POST /admin/members/:memberId/tier/end', {
    withId: true,
    changes: ['GET /admin/members/:memberId', 'GET /admin/members/:memberId/tier', 'POST /admin/members/search'],
  })
  const close = () => {
    end.reset()
    onClose()
  }
  const confirm = (reason: string) =>
    end.send({ memberId: member.memberId, reason }, () => {
      done(`已结束授予的${tierName}`)
      close()
    })
  return (
    <AskReason
      open={open}
      title={`提前结束「${member.nickname}」的${tierName}`}
      okText="结束"
      danger
      placeholder="会员在消息里能看到，例如：已退款"
      write={end}
      onConfirm={confirm}
      onCancel={close}
    >
      <p className="soft">会员立刻回到按规则达到的等级，积分不受影响。</p>
    </AskReason>
  )
}
