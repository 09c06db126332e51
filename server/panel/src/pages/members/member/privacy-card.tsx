import { Alert, Space } from 'antd'
import { useState } from 'react'
import { useRead } from '../../../api/use-read.ts'
import { useWrite } from '../../../api/use-write.ts'
import { Act } from '../../../pieces/act.tsx'
import { Card } from '../../../pieces/card.tsx'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import { AskToLeave } from './ask-to-leave.tsx'
import { ExportData } from './export-data.tsx'
import type { Leaving, Member } from './types.ts'

/** What the law gives the member, done by the shop for a member who asks. */
export function PrivacyCard({ member }: { member: Member }) {
  const [asking, setAsking] = useState<'export' | 'leave' | null>(null)
  const { memberId, standing } = member
  const { data: leaving } = useRead('GET /admin/members/:memberId/leaving', { memberId })
  const close = () => setAsking(null)
  const mayLeave = standing !== 'cancelled' && leaving && !leaving.request
  return (
    <Card title="个人信息" size="small">
      {leaving?.request && <Waiting memberId={memberId} request={leaving.request} obstacles={leaving.obstacles} />}
      <p className="soft small" style={{ marginTop: 0 }}>
        会员可以在小程序「隐私与数据」里自己导出和注销。会员向店里提出时，请先核对本人身份。
      </p>
      <Space wrap>
        <Act op="POST /admin/members/:memberId/export" size="small" onClick={() => setAsking('export')}>
          导出资料
        </Act>
        {mayLeave && (
          <Act op="POST /admin/members/:memberId/leaving" size="small" danger onClick={() => setAsking('leave')}>
            申请注销
          </Act>
        )}
      </Space>
      {asking === 'export' && <ExportData member={member} onClose={close} />}
      {asking === 'leave' && leaving && <AskToLeave member={member} leaving={leaving} onClose={close} />}
    </Card>
  )
}

interface WaitingProps extends Pick<Leaving, 'obstacles'> {
  memberId: number
  request: NonNullable<Leaving['request']>
}

/** A request that waits, with the shop's deadline. */
function Waiting({ memberId, request, obstacles }: WaitingProps) {
  const done = useDone()
  const withdrawal = useWrite('DELETE /admin/members/:memberId/leaving', {
    withId: false,
    changes: [
      'GET /admin/members/:memberId',
      'GET /admin/members/:memberId/consents',
      'GET /admin/members/:memberId/leaving',
      'GET /admin/leave-requests',
    ],
  })
  return (
    <Alert
      type="warning"
      style={{ marginBottom: 12 }}
      title={`${request.byShop ? '门店代为申请' : '会员已申请'}注销，${request.dueOn} 生效`}
      description={
        <>
          <div className="small">处理期限 {request.answerBy}（15 个工作日）</div>
          {obstacles.map(({ text }) => (
            <div key={text} className="small loss">
              {text}，处理后才会生效
            </div>
          ))}
          <RefusalAlert error={withdrawal.error} />
          <Act
            op="DELETE /admin/members/:memberId/leaving"
            type="link"
            size="small"
            style={{ paddingInline: 0 }}
            loading={withdrawal.isPending}
            onClick={() => withdrawal.send({ memberId }, () => done('已撤回，会员资格保留'))}
          >
            会员不注销了
          </Act>
        </>
      }
    />
  )
}
