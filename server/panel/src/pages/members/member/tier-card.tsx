import { useState } from 'react'
import { useRead } from '../../../api/use-read.ts'
import { Act } from '../../../pieces/act.tsx'
import { Card } from '../../../pieces/card.tsx'
import { Mark } from '../../../pieces/mark.tsx'
import { EndGrant } from './end-grant.tsx'
import { GrantTier } from './grant-tier.tsx'
import type { Member } from './types.ts'

/** The member's tier: how long it is safe, what keeps it, and what the merchant has granted. */
export function TierCard({ member }: { member: Member }) {
  const [asking, setAsking] = useState<'grant' | 'end' | null>(null)
  const { data: tier } = useRead('GET /admin/members/:memberId/tier', { memberId: member.memberId })
  if (!tier) return <Card title="会员等级" size="small" loading />
  const { name, since, safeUntil, text, granted } = tier
  const close = () => setAsking(null)
  return (
    <Card
      title="会员等级"
      size="small"
      extra={
        member.standing === 'active' && (
          <Act
            op="POST /admin/members/:memberId/tier"
            type="link"
            size="small"
            className="card-change"
            onClick={() => setAsking('grant')}
          >
            授予等级
          </Act>
        )
      }
    >
      {name ? <Mark tone="gold">{name}</Mark> : <span className="soft">还没有等级</span>}
      {since && <span className="soft small digits"> 自 {since} 起</span>}
      {safeUntil && name !== granted?.name && <p className="tier-line">可保留到 {safeUntil}</p>}
      {text && <p className="tier-line soft small">{text}</p>}
      {granted && (
        <div className="tier-granted">
          <div>
            授予「{granted.name}」到 <span className="digits">{granted.until}</span>
          </div>
          <div className="soft small">{granted.reason}</div>
          <Act
            op="POST /admin/members/:memberId/tier/end"
            type="link"
            size="small"
            danger
            style={{ padding: 0 }}
            onClick={() => setAsking('end')}
          >
            提前结束
          </Act>
        </div>
      )}
      <GrantTier member={member} granted={granted} open={asking === 'grant'} onClose={close} />
      {granted && <EndGrant member={member} tierName={granted.name} open={asking === 'end'} onClose={close} />}
    </Card>
  )
}
