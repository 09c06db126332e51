import { Card, Descriptions } from 'antd'
import { Link } from 'react-router'
import { countText } from '../../pieces/numbers.ts'
import { When } from '../../pieces/when.tsx'
import { CardCard } from './card-card.tsx'
import type { Member } from './page.tsx'
import { TagsCard } from './tags-card.tsx'
import { TierCard } from './tier-card.tsx'

const sexes = { unknown: '未填', female: '女', male: '男' } as const

export function ProfileCard({ member }: { member: Member }) {
  const { profile, points, messageCredits } = member
  return (
    <div className="profile-cards">
      <Card title="资料" size="small">
        <Descriptions
          column={1}
          size="small"
          colon={false}
          styles={{ label: { width: 76, color: 'var(--soft)' } }}
          items={[
            { key: 'no', label: '会员号', children: <span className="digits">{member.memberNo}</span> },
            { key: 'phone', label: '手机', children: <span className="digits">{member.phoneMasked}</span> },
            { key: 'sex', label: '性别', children: sexes[profile.sex] },
            { key: 'birthday', label: '生日', children: profile.birthday ?? '未填' },
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
      </Card>
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
    </div>
  )
}
