import { refusedBy } from '@pointbook/shared/client'
import { Alert } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { useRead } from '../../../api/use-read.ts'
import { Card } from '../../../pieces/card.tsx'
import { LinkButton } from '../../../pieces/link-button.tsx'
import { LoadingCard } from '../../../pieces/loading.tsx'
import { Missing } from '../../../pieces/lost.tsx'
import { Mark } from '../../../pieces/mark.tsx'
import { PageHeader } from '../../../pieces/page-header.tsx'
import { RefusalPage } from '../../../pieces/refusal-alert.tsx'
import { idIn } from '../../../pieces/use-address.ts'
import { Note } from './note.tsx'
import { Publish } from './publish.tsx'
import { Steps } from './steps.tsx'
import { Suspect } from './suspect.tsx'
import './page.css'
import { Act } from '../../../pieces/act.tsx'
import type { Case } from './types.ts'

export function Component() {
  const caseId = idIn(useParams()['caseId'])
  const { data, error } = useRead('GET /admin/cases/:caseId', { caseId: caseId ?? 0 }, { enabled: caseId !== null })
  if (caseId === null || refusedBy<'GET /admin/cases/:caseId'>(error, 'case.unknown'))
    return <Missing title="没有找到这次调查" to="/cases" back="调查与补偿" />
  if (!data) return error ? <RefusalPage error={error} /> : <LoadingCard rows={12} />
  return <Investigation found={data} />
}

function Investigation({ found }: { found: Case }) {
  const [publishing, setPublishing] = useState(false)
  const { caseId, reason, open, members, steps, announcementId, draft } = found
  return (
    <>
      <PageHeader
        back="/cases"
        tab={`调查 ${caseId}`}
        title={
          <>
            调查 {caseId}
            <Mark tone={open ? 'amber' : 'green'}>{open ? '进行中' : announcementId ? '已公示' : '已结束'}</Mark>
          </>
        }
        hint={reason}
        actions={
          draft &&
          (announcementId ? (
            <LinkButton to="/announcements">查看公示</LinkButton>
          ) : (
            <Act op="POST /admin/cases/:caseId/announcement" type="primary" onClick={() => setPublishing(true)}>
              公示结果
            </Act>
          ))
        }
      />
      {open && (
        <Alert
          type="info"
          showIcon
          title="依次核实：先看积分来源，收回不应获得的，再确定每位会员的处理结果"
          style={{ marginBottom: 16 }}
        />
      )}
      <div className="case-columns">
        <div className="case-members">
          {members.map((member) => (
            <Suspect key={member.memberId} caseId={caseId} member={member} />
          ))}
        </div>
        <Card title="经过" extra={<Note caseId={caseId} />}>
          <Steps steps={steps} />
        </Card>
      </div>
      {publishing && draft && <Publish caseId={caseId} draft={draft} onClose={() => setPublishing(false)} />}
    </>
  )
}
