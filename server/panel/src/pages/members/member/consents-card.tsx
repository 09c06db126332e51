import { consentPlaces, consentTitle, type OptionalPurpose, purposes, versionText } from '@pointbook/shared/purposes'
import { App, Collapse } from 'antd'
import { useState } from 'react'
import type { Reply } from '../../../api/call.ts'
import { useRead } from '../../../api/use-read.ts'
import { useWrite } from '../../../api/use-write.ts'
import { Act } from '../../../pieces/act.tsx'
import { AskReason } from '../../../pieces/ask-reason.tsx'
import { Card } from '../../../pieces/card.tsx'
import { Mark } from '../../../pieces/mark.tsx'
import { RefusalAlert, sayError } from '../../../pieces/refusal-alert.tsx'
import { useDone } from '../../../pieces/use-done.tsx'
import { When } from '../../../pieces/when.tsx'
import type { Member } from './types.ts'
import { WithdrawByGuardian } from './withdraw-by-guardian.tsx'

type Consents = Reply<'GET /admin/members/:memberId/consents'>

/** What the member has agreed to and refused, and the guardian of a member under 14. */
export function ConsentsCard({ member }: { member: Member }) {
  const { memberId, standing } = member
  const { data, error, refetch } = useRead('GET /admin/members/:memberId/consents', { memberId })
  const [refusing, setRefusing] = useState<OptionalPurpose | null>(null)
  return (
    <Card title="同意与拒绝" size="small">
      <RefusalAlert error={error} onRetry={refetch} />
      {data && (
        <>
          <div className="small">
            会员协议：{versionText(data.agreement.agreedVersion)}{' '}
            {data.agreement.agreedAt && <When at={data.agreement.agreedAt} />}
            {data.agreement.agreedVersion < data.agreement.version && <Mark tone="amber">有新版本待同意</Mark>}
          </div>
          {data.purposes.map(({ purpose, allowed }) => (
            <div key={purpose} className="expiring">
              <span style={{ flex: 1 }}>{purposes[purpose].title}</span>
              <Mark tone={allowed ? 'green' : 'amber'}>{allowed ? '可以用' : '已拒绝'}</Mark>
              {allowed && standing !== 'cancelled' && (
                <Act
                  op="POST /admin/members/:memberId/consents/refusal"
                  type="link"
                  size="small"
                  onClick={() => setRefusing(purpose)}
                >
                  代为关闭
                </Act>
              )}
            </div>
          ))}
          {data.guardian && <GuardianLine member={member} guardian={data.guardian} />}
          <History history={data.history} />
        </>
      )}
      {refusing && <Refuse member={member} purpose={refusing} onClose={() => setRefusing(null)} />}
    </Card>
  )
}

function Refuse({ member, purpose, onClose }: { member: Member; purpose: OptionalPurpose; onClose: () => void }) {
  const done = useDone()
  const { memberId, nickname } = member
  const write = useWrite('POST /admin/members/:memberId/consents/refusal', {
    withId: true,
    changes: ['GET /admin/members/:memberId', 'GET /admin/members/:memberId/consents'],
  })
  const { title, without } = purposes[purpose]
  return (
    <AskReason
      open
      title={`替「${nickname}」关闭${title}`}
      okText="关闭"
      placeholder="例如：会员来电要求，已核对身份"
      write={write}
      onConfirm={(reason) =>
        write.send({ memberId, purpose, reason }, () => {
          done(`已关闭${title}`)
          onClose()
        })
      }
      onCancel={onClose}
    >
      <p className="soft">{without}要重新打开，只能由会员自己在小程序里操作。</p>
    </AskReason>
  )
}

/** The guardian's number is masked; a click shows the whole of it, and the audit log keeps who has seen it. */
function GuardianLine({ member, guardian }: { member: Member; guardian: NonNullable<Consents['guardian']> }) {
  const [phone, setPhone] = useState<string | null>(null)
  const [withdrawing, setWithdrawing] = useState(false)
  const { message } = App.useApp()
  const done = useDone()
  const { memberId, standing } = member
  const reveal = useWrite('POST /admin/members/:memberId/guardian/reveal', {
    withId: false,
    changes: ['GET /admin/members/:memberId'],
  })
  const show = () =>
    reveal.mutateAsync({ memberId }).then(
      (reply) => {
        setPhone(reply.phone)
        done('这次查看已记入审计日志')
      },
      (error) => message.error(sayError(error)),
    )
  return (
    <div className="small" style={{ marginTop: 8 }}>
      <Mark tone={guardian.withdrawnAt ? 'amber' : 'green'}>
        {guardian.withdrawnAt ? '监护人已撤回同意' : '监护人已同意'}
      </Mark>{' '}
      {guardian.phoneMasked && <span className="digits">{phone ?? guardian.phoneMasked}</span>}
      {guardian.phoneMasked && (
        <Act
          op="POST /admin/members/:memberId/guardian/reveal"
          type="link"
          size="small"
          loading={reveal.isPending}
          onClick={() => (phone ? setPhone(null) : show())}
        >
          {phone ? '隐藏' : '查看'}
        </Act>
      )}
      <div className="soft">
        14 周岁以下，
        <When at={guardian.confirmedAt} /> 同意{versionText(guardian.version)}
      </div>
      {!guardian.withdrawnAt && standing !== 'cancelled' && (
        <Act
          op="POST /admin/members/:memberId/guardian/withdrawal"
          type="link"
          size="small"
          danger
          style={{ paddingInline: 0 }}
          onClick={() => setWithdrawing(true)}
        >
          监护人撤回同意
        </Act>
      )}
      {withdrawing && <WithdrawByGuardian member={member} onClose={() => setWithdrawing(false)} />}
    </div>
  )
}

function History({ history }: Pick<Consents, 'history'>) {
  if (history.length === 0) return <div className="soft small">还没有记录；会员没说过的，按可以用处理</div>
  return (
    <Collapse
      ghost
      size="small"
      items={[
        {
          key: 'history',
          label: `记录 ${history.length} 条`,
          children: history.map(({ consentId, subject, given, version, place, at, reason }) => (
            <div key={consentId} className="small" style={{ marginBottom: 8 }}>
              {given ? '同意' : '拒绝'}「{consentTitle(subject)}」{reason && `：${reason}`}
              <div className="soft">
                <When at={at} /> {consentPlaces[place]} {versionText(version)}
              </div>
            </div>
          )),
        },
      ]}
    />
  )
}
