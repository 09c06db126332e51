import { Alert } from 'antd'
import { useState } from 'react'
import { useWrite } from '../../../api/use-write.ts'
import { Act } from '../../../pieces/act.tsx'
import { AskReason } from '../../../pieces/ask-reason.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import { When } from '../../../pieces/when.tsx'
import type { Member } from './types.ts'

interface Props {
  member: Member
  rebinding: NonNullable<Member['rebinding']>
}

/** Another WeChat account asks for this member's record; the merchant may end that. */
export function RebindingRequest({ member, rebinding }: Props) {
  const [isAsking, setAsking] = useState(false)
  const done = useDone()
  const end = useWrite('POST /admin/members/:memberId/rebinding/end', {
    withId: false,
    changes: ['GET /admin/members/:memberId'],
  })
  const confirm = (reason: string) =>
    end.send({ memberId: member.memberId, reason }, () => {
      done('换绑申请已作废')
      setAsking(false)
    })
  return (
    <>
      <Alert
        type="warning"
        showIcon
        title={
          <>
            有新的微信申请换绑，
            <When at={rebinding.dueAt} /> 生效
          </>
        }
        description="申请人已用会员的手机号验证；会员可以在原来的微信上拒绝。"
        action={
          <Act op="POST /admin/members/:memberId/rebinding/end" size="small" onClick={() => setAsking(true)}>
            作废
          </Act>
        }
        style={{ marginBottom: 12 }}
      />
      <AskReason
        open={isAsking}
        title={`作废「${member.nickname}」的换绑申请`}
        okText="作废"
        danger
        placeholder="例如：会员来电，不是本人申请"
        write={end}
        onConfirm={confirm}
        onCancel={() => setAsking(false)}
      >
        <p className="soft">原来的微信照常使用。申请人再次验证手机号可以重新申请。</p>
      </AskReason>
    </>
  )
}
