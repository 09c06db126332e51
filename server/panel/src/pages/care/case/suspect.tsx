import { App, Button, Card, Space } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useWrite } from '../../../api/use-write.ts'
import { Act } from '../../../pieces/act.tsx'
import { decisions } from '../../../pieces/case/decisions.ts'
import { Mark } from '../../../pieces/mark.tsx'
import { Face, StandingTag } from '../../../pieces/member-cell.tsx'
import { countText } from '../../../pieces/numbers.ts'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import { Decide } from './decide.tsx'
import { Gifts } from './gifts.tsx'
import { caseReadings } from './readings.ts'
import type { SuspectOf } from './types.ts'

/** One member of the case: standing and possible actions. */
export function Suspect({ caseId, member }: { caseId: number; member: SuspectOf }) {
  const [asking, setAsking] = useState<'gifts' | 'decide' | null>(null)
  const { memberId, nickname, memberNo, standing, decision } = member
  const close = () => setAsking(null)
  return (
    <Card>
      <div className="case-member">
        <Face {...member} size={44} />
        <div className="case-member-who">
          <Space>
            <Link to={`/members/${memberId}`}>
              <strong>{nickname || '未填昵称'}</strong>
            </Link>
            <StandingTag standing={standing} merged={member.merged} />
          </Space>
          <div className="soft small digits">{memberNo}</div>
        </div>
        {decision && <Mark tone={decision === 'cancelled' ? 'rust' : 'green'}>{decisions[decision]}</Mark>}
      </div>
      <div className="case-member-figures digits">
        <Sum label="积分余额" points={member.balance} />
        <Sum label="已收回" points={member.takenPoints} />
        {member.debt > 0 && <Sum label="欠分" points={member.debt} />}
      </div>
      {!decision && (
        <Space>
          <Button onClick={() => setAsking('gifts')}>核查积分来源</Button>
          {standing === 'active' && <Freeze caseId={caseId} memberId={memberId} nickname={nickname} />}
          <Act op="POST /admin/cases/:caseId/decisions" type="primary" onClick={() => setAsking('decide')}>
            确定处理结果
          </Act>
        </Space>
      )}
      {asking === 'gifts' && <Gifts caseId={caseId} member={member} onClose={close} />}
      {asking === 'decide' && <Decide caseId={caseId} member={member} onClose={close} />}
    </Card>
  )
}

function Sum({ label, points }: { label: string; points: number }) {
  return (
    <div>
      <span className="soft small">{label}</span>
      <strong>{countText(points)}</strong>
    </div>
  )
}

function Freeze({ caseId, memberId, nickname }: { caseId: number; memberId: number; nickname: string }) {
  const { modal } = App.useApp()
  const done = useDone()
  const freeze = useWrite('POST /admin/cases/:caseId/freeze', { withId: false, changes: caseReadings })
  const ask = () =>
    modal.confirm({
      title: `冻结「${nickname}」的账户？`,
      content: '冻结后不能得积分也不能兑换，会员会收到通知。',
      okText: '冻结',
      cancelText: '取消',
      onOk: () => freeze.send({ caseId, memberId }, () => done('账户已冻结')),
    })
  return (
    <>
      <Act op="POST /admin/cases/:caseId/freeze" onClick={ask} loading={freeze.isPending}>
        冻结账户
      </Act>
      <RefusalAlert error={freeze.error} />
    </>
  )
}
