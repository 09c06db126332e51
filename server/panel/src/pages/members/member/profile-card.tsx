import { birthText } from '@pointbook/shared/day'
import { Descriptions } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { Act } from '../../../pieces/act.tsx'
import { Card } from '../../../pieces/card.tsx'
import { countText } from '../../../pieces/numbers.ts'
import { When } from '../../../pieces/when.tsx'
import { CardCard } from './card-card.tsx'
import { ConsentsCard } from './consents-card.tsx'
import { EditProfile } from './edit-profile.tsx'
import { PhoneNumber } from './phone-number.tsx'
import { PrivacyCard } from './privacy-card.tsx'
import { RebindPhone } from './rebind-phone.tsx'
import { RebindingRequest } from './rebinding-request.tsx'
import { ReleaseWeChat } from './release-wechat.tsx'
import { sexes } from './sexes.ts'
import { TagsCard } from './tags-card.tsx'
import { TierCard } from './tier-card.tsx'
import type { Member } from './types.ts'

export function ProfileCard({ member }: { member: Member }) {
  const { points, messageCredits } = member
  return (
    <div className="profile-cards">
      <Profile member={member} />
      <TagsCard member={member} />
      <TierCard member={member} />
      <CardCard member={member} />
      <Card title="接下来到期的积分" size="small">
        {points.expiring.length === 0 && <span className="soft">没有会到期的积分</span>}
        {points.expiring.slice(0, 5).map(({ on, points: amount, daysLeft }) => (
          <div key={on} className="expiring">
            <span className="digits">{on}</span>
            <span className="soft small">{daysLeft === 0 ? '今天' : `${daysLeft} 天后`}</span>
            <strong className="digits">{countText(amount)} 分</strong>
          </div>
        ))}
        <div className="soft small" style={{ marginTop: 8 }}>
          {messageCredits.expiry > 0
            ? `会员已同意接收 ${messageCredits.expiry} 条微信到期提醒`
            : '会员未订阅微信到期提醒，只会收到小程序内消息'}
        </div>
      </Card>
      <ConsentsCard member={member} />
      <PrivacyCard member={member} />
    </div>
  )
}

const changes = {
  profile: 'PATCH /admin/members/:memberId/profile',
  phone: 'POST /admin/members/:memberId/phone',
  wechat: 'POST /admin/members/:memberId/wechat/release',
} as const

function Profile({ member }: { member: Member }) {
  const [asking, setAsking] = useState<keyof typeof changes | null>(null)
  const { profile } = member
  const mayChange = member.standing !== 'cancelled'
  const close = () => setAsking(null)
  const change = (what: keyof typeof changes, text: string) =>
    mayChange && (
      <Act op={changes[what]} type="link" size="small" className="card-change" onClick={() => setAsking(what)}>
        {text}
      </Act>
    )
  return (
    <Card title="资料" size="small" extra={change('profile', '修改资料')}>
      {member.rebinding && <RebindingRequest member={member} rebinding={member.rebinding} />}
      <Descriptions
        column={1}
        size="small"
        colon={false}
        styles={{ label: { width: 76, color: 'var(--soft)' } }}
        items={[
          { key: 'no', label: '会员号', children: <span className="digits">{member.memberNo}</span> },
          {
            key: 'phone',
            label: '手机',
            children: (
              <>
                <PhoneNumber key={member.phoneMasked} member={member} />
                {change('phone', '换绑')}
              </>
            ),
          },
          {
            key: 'wechat',
            label: '微信',
            children: (
              <>
                {member.wechat ? '已绑定' : '没有绑定'}
                {member.wechat && change('wechat', '换绑')}
              </>
            ),
          },
          { key: 'sex', label: '性别', children: sexes[profile.sex] },
          { key: 'birthday', label: '生日', children: profile.birthday ? birthText(profile.birthday) : '未填' },
          { key: 'address', label: '地址', children: profile.address || '未填' },
          { key: 'source', label: '来源', children: member.source || '—' },
          {
            key: 'by',
            label: '邀请人',
            children: member.invitedBy ? (
              <Link to={`/members/${member.invitedBy.memberId}`}>{member.invitedBy.nickname}</Link>
            ) : (
              '—'
            ),
          },
          ...(member.doubles.length > 0
            ? [
                {
                  key: 'doubles',
                  label: '合并来源',
                  children: member.doubles.map(({ memberId, nickname }) => (
                    <Link key={memberId} to={`/members/${memberId}`} style={{ marginRight: 8 }}>
                      {nickname}
                    </Link>
                  )),
                },
              ]
            : []),
          { key: 'joined', label: '加入', children: <When at={member.joinedAt} /> },
          { key: 'active', label: '最近活跃', children: <When at={member.lastActiveAt} /> },
        ]}
      />
      {asking === 'profile' && <EditProfile member={member} onClose={close} />}
      {asking === 'phone' && <RebindPhone member={member} onClose={close} />}
      {asking === 'wechat' && <ReleaseWeChat member={member} onClose={close} />}
    </Card>
  )
}
