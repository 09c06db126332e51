import { group } from '@pointbook/shared/money'
import { Alert } from 'antd'
import { useWrite } from '../../../api/use-write.ts'
import { AskReason } from '../../../pieces/ask-reason.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import type { Leaving, Member } from './types.ts'

interface Props {
  member: Member
  leaving: Leaving
  onClose: () => void
}

/** For a member who told the shop that they want to leave. */
export function AskToLeave({ member, leaving, onClose }: Props) {
  const done = useDone()
  const { points, obstacles, waitingDays } = leaving
  const asking = useWrite('POST /admin/members/:memberId/leaving', {
    withId: true,
    changes: ['GET /admin/members/:memberId', 'GET /admin/members/:memberId/leaving', 'GET /admin/leave-requests'],
  })
  const confirm = (reason: string) =>
    asking.send({ memberId: member.memberId, points, reason }, () => {
      done('已登记注销申请')
      onClose()
    })
  return (
    <AskReason
      open
      title={`为「${member.nickname}」申请注销会员`}
      okText="申请注销"
      danger
      disabled={obstacles.length > 0}
      placeholder="例如：会员本人到店提出，已核对身份"
      write={asking}
      besides={points}
      onConfirm={confirm}
      onCancel={onClose}
    >
      {obstacles.length > 0 && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 16 }}
          title="现在还不能注销"
          description={obstacles.map(({ text }) => text).join('；')}
        />
      )}
      <p className="soft">
        {waitingDays} 天后生效，届时 <strong className="digits">{group(points)}</strong>{' '}
        分全部失效，姓名、手机、微信、生日、地址和消息删除，不能恢复；积分账和交易记录只留会员号，依法保存。这期间会员可以在小程序里撤回。
      </p>
    </AskReason>
  )
}
