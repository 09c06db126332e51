import { useWrite } from '../../../api/use-write.ts'
import { AskReason } from '../../../pieces/ask-reason.tsx'
import { figureNow } from '../../../pieces/changed.ts'
import { useDone } from '../../../pieces/use-done.tsx'
import type { Choice } from './types.ts'

export function Review({ held, approve, onClose }: Choice & { onClose(): void }) {
  const done = useDone()
  const { inviteeId, inviter, invitee } = held
  const review = useWrite('POST /admin/referrals/:inviteeId/review', {
    withId: false,
    changes: ['GET /admin/referrals/held'],
  })
  const inviterPoints = figureNow(review.error, 'inviterPoints', held.inviterPoints)
  const inviteePoints = figureNow(review.error, 'inviteePoints', held.inviteePoints)
  const confirm = (reason: string) =>
    review.send({ inviteeId, approve, inviterPoints, inviteePoints, reason }, () => {
      done(approve ? '已通过，奖励稍后到账' : '已驳回，双方都不发奖励')
      onClose()
    })
  return (
    <AskReason
      open
      title={approve ? '通过这次邀请' : '驳回这次邀请'}
      okText={approve ? '通过' : '驳回'}
      danger={!approve}
      placeholder={approve ? '例如：核对过小票和监控，确是两位顾客' : '例如：好友的手机号是店员家属的，没有真实消费'}
      write={review}
      onConfirm={confirm}
      onCancel={onClose}
    >
      <p className="soft">
        {approve
          ? `${inviter.nickname} 得 ${inviterPoints} 分，${invitee.nickname} 得 ${inviteePoints} 分；名额已满或账户被冻结的一方仍不发。`
          : `${inviter.nickname} 和 ${invitee.nickname} 都不得奖励，并会收到通知。驳回后不能再改。`}
      </p>
    </AskReason>
  )
}
