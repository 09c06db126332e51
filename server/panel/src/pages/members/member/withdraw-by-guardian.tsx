import { group } from '@pointbook/shared/money'
import { Alert } from 'antd'
import { useRead } from '../../../api/use-read.ts'
import { useWrite } from '../../../api/use-write.ts'
import { AskReason } from '../../../pieces/ask-reason.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import type { Leaving, Member } from './types.ts'

interface Props {
  member: Member
  onClose: () => void
}

/** A guardian who withdraws ends the membership of the child. */
export function WithdrawByGuardian({ member, onClose }: Props) {
  const { data } = useRead('GET /admin/members/:memberId/leaving', { memberId: member.memberId })
  return data ? <Asking member={member} leaving={data} onClose={onClose} /> : null
}

function Asking({ member, leaving, onClose }: Props & { leaving: Leaving }) {
  const done = useDone()
  const { points, obstacles, waitingDays } = leaving
  const write = useWrite('POST /admin/members/:memberId/guardian/withdrawal', {
    withId: true,
    changes: [
      'GET /admin/members/:memberId',
      'GET /admin/members/:memberId/consents',
      'GET /admin/members/:memberId/leaving',
      'GET /admin/leave-requests',
    ],
  })
  return (
    <AskReason
      open
      title={`监护人撤回对「${member.nickname}」的同意`}
      okText="撤回并申请注销"
      danger
      maxLength={80}
      disabled={obstacles.length > 0}
      placeholder="例如：母亲来电，已核对监护人手机号"
      write={write}
      besides={points}
      onConfirm={(reason) =>
        write.send({ memberId: member.memberId, points, reason }, () => {
          done('已登记撤回，会员进入注销')
          onClose()
        })
      }
      onCancel={onClose}
    >
      {obstacles.length > 0 && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 16 }}
          title="请先处理，再登记撤回"
          description={obstacles.map(({ text }) => text).join('；')}
        />
      )}
      <p className="soft">
        {waitingDays} 天后注销，届时 <strong className="digits">{group(points)}</strong>{' '}
        分失效、资料删除。孩子自己不能撤回这次注销；监护人改变主意时，在「个人信息」里点「会员不注销了」。
      </p>
    </AskReason>
  )
}
