import { PrinterOutlined } from '@ant-design/icons'
import { refusedBy } from '@pointbook/shared/client'
import { isDay } from '@pointbook/shared/day'
import { Alert, Card, Tabs } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { useRead } from '../../../api/use-read.ts'
import { LinkButton } from '../../../pieces/link-button.tsx'
import { LoadingCard } from '../../../pieces/loading.tsx'
import { Missing } from '../../../pieces/lost.tsx'
import { Face, StandingTag } from '../../../pieces/member-cell.tsx'
import { PageHeader } from '../../../pieces/page-header.tsx'
import { PastDay } from '../../../pieces/past-day.tsx'
import { RefusalPage } from '../../../pieces/refusal-alert.tsx'
import { idIn, useAddress } from '../../../pieces/use-address.ts'
import { atMinute } from '../../../pieces/when.tsx'
import { Adjust } from './adjust.tsx'
import { Circle } from './circle.tsx'
import { Entries } from './entries.tsx'
import { Freeze } from './freeze.tsx'
import { Log } from './log.tsx'
import { Lots } from './lots.tsx'
import { Merge } from './merge.tsx'
import { PastLots, PastPoints } from './past.tsx'
import { PointsFigures } from './points-figures.tsx'
import { ProfileCard } from './profile-card.tsx'
import { Purchases } from './purchases.tsx'
import { RecordAct } from './record-act.tsx'
import { Redemptions } from './redemptions.tsx'
import './page.css'
import { Act } from '../../../pieces/act.tsx'
import type { Member } from './types.ts'

export function Component() {
  const memberId = idIn(useParams()['memberId'])
  const { data, error } = useRead(
    'GET /admin/members/:memberId',
    { memberId: memberId ?? 0 },
    { enabled: memberId !== null },
  )
  if (memberId === null || refusedBy<'GET /admin/members/:memberId'>(error, 'member.unknown'))
    return <Missing title="没有找到这位会员" to="/members" back="会员列表" />
  if (!data) return error ? <RefusalPage error={error} /> : <LoadingCard rows={12} />
  return <Record member={data} />
}

function Record({ member }: { member: Member }) {
  const [{ tab: asked, asOf }, change] = useAddress({ tab: 'entries', asOf: '' }, { asOf: isDay })
  const [asking, setAsking] = useState<'adjust' | 'freeze' | 'merge' | 'act' | null>(null)
  const { memberId } = member
  const close = () => setAsking(null)
  const tabs = asOf ? pastTabs(memberId, asOf) : tabsOf(member)
  const tab = tabs.some(({ key }) => key === asked) ? asked : 'entries'
  return (
    <>
      <PageHeader
        back="/members"
        tab={member.nickname}
        title={
          <>
            <Face {...member} size={40} />
            {member.nickname || '未填昵称'}
            {!asOf && <StandingTag standing={member.standing} merged={member.mergedInto !== null} />}
          </>
        }
        actions={
          <>
            <PastDay value={asOf} label="查过去某一天" onChange={(day) => change({ asOf: day })} />
            <LinkButton to={`/members/${memberId}/statement`} icon={<PrinterOutlined />}>
              打印对账单
            </LinkButton>
            {!asOf && member.standing !== 'cancelled' && (
              <>
                {member.standing === 'active' && (
                  <Act op="POST /admin/members/:memberId/merge" onClick={() => setAsking('merge')}>
                    合并档案
                  </Act>
                )}
                {member.standing === 'active' && (
                  <Act op="POST /admin/members/:memberId/acts" onClick={() => setAsking('act')}>
                    记录行为
                  </Act>
                )}
                <Act op="POST /admin/members/:memberId/standing" onClick={() => setAsking('freeze')}>
                  {member.standing === 'frozen' ? '解除冻结' : '冻结账户'}
                </Act>
                <Act op="POST /admin/members/:memberId/adjustments" type="primary" onClick={() => setAsking('adjust')}>
                  调整积分
                </Act>
              </>
            )}
          </>
        }
      />
      {!asOf && member.mergedInto && (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 16 }}
          title={
            <>
              这份档案已并入 <Link to={`/members/${member.mergedInto.memberId}`}>{member.mergedInto.nickname}</Link>
              ，积分都在那里；这里留着以前的明细
            </>
          }
        />
      )}
      {!asOf && member.standing === 'frozen' && <Frozen frozen={member.frozen} />}
      {asOf ? (
        <PastPoints memberId={memberId} day={asOf} onLeave={() => change({ asOf: '' })} />
      ) : (
        <PointsFigures {...member} />
      )}
      <div className={asOf ? '' : 'member-columns'}>
        {!asOf && <ProfileCard member={member} />}
        <Card className="member-tabs">
          <Tabs activeKey={tab} onChange={(key) => change({ tab: key })} destroyOnHidden items={tabs} />
        </Card>
      </div>
      <Adjust member={member} open={asking === 'adjust'} onClose={close} />
      {asking === 'merge' && <Merge member={member} onClose={close} />}
      <RecordAct member={member} open={asking === 'act'} onClose={close} />
      <Freeze member={member} open={asking === 'freeze'} onClose={close} />
    </>
  )
}

const tabsOf = (member: Member) => {
  const { memberId } = member
  return [
    { key: 'entries', label: '积分明细', children: <Entries memberId={memberId} upTo="" /> },
    { key: 'lots', label: '批次与到期', children: <Lots member={member} /> },
    { key: 'purchases', label: '消费与退货', children: <Purchases memberId={memberId} /> },
    { key: 'redemptions', label: '兑换', children: <Redemptions member={member} /> },
    { key: 'circle', label: '签到与邀请', children: <Circle member={member} /> },
    { key: 'log', label: '操作记录', children: <Log rows={member.log} /> },
  ]
}

/** Only what is known as of a past day: the profile, the tier and everything that can be done are today's. */
const pastTabs = (memberId: number, day: string) => [
  { key: 'entries', label: '积分明细', children: <Entries memberId={memberId} upTo={day} /> },
  { key: 'lots', label: '批次与到期', children: <PastLots memberId={memberId} day={day} /> },
]

function Frozen({ frozen }: Pick<Member, 'frozen'>) {
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 16 }}
      title="账户已冻结，暂不能得积分和兑换"
      description={frozen && `${atMinute(frozen.at)} ${frozen.by}：${frozen.reason}`}
    />
  )
}
