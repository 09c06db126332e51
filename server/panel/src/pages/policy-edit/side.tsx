import type { Policy, PolicyFault } from '@pointbook/shared/contract/policy'
import { Card } from 'antd'
import { Mark } from '../../pieces/mark.tsx'
import { Changes } from '../policy/changes.tsx'
import type { Change } from '../policy/compare.ts'
import { Trial } from './trial.tsx'
import type { useDraft } from './use-draft.ts'

interface Props {
  inForce: Policy
  draft: ReturnType<typeof useDraft>
  changes: Change[]
}

/** Beside the form: what a purchase would earn, and what differs from the rules in force. */
export function Side({ inForce, draft, changes }: Props) {
  return (
    <aside className="editor-side">
      <FaultList faults={draft.faults} />
      <Trial inForce={inForce} draft={draft.complete ? draft.draft : undefined} />
      <Card size="small" title={`和现行规则相比${changes.length ? `，${changes.length} 处变化` : ''}`}>
        {draft.complete ? <Changes changes={changes} /> : <span className="soft">填完空着的地方后再比较</span>}
      </Card>
    </aside>
  )
}

const areas: Record<string, string> = {
  earning: '购物积分',
  checkIn: '签到',
  referral: '邀请好友',
  tiers: '会员等级',
  expiry: '有效期',
  pending: '有效期',
  reminder: '到期提醒',
}

/** Every fault once more in one place: its field may be far down the form. */
function FaultList({ faults }: { faults: PolicyFault[] }) {
  if (faults.length === 0) return null
  const errors = faults.filter(({ level }) => level === 'error').length
  return (
    <Card size="small" title={errors > 0 ? `发布前要改好 ${errors} 处` : '请留意'}>
      {[...faults]
        .sort((a, b) => a.level.localeCompare(b.level))
        .map(({ path, level, text }) => (
          <div key={`${path}/${text}`} className="fault-line">
            <Mark tone={level === 'error' ? 'rust' : 'amber'}>{areas[path.split('.')[0] ?? ''] ?? '规则'}</Mark>
            <span>{text}</span>
          </div>
        ))}
    </Card>
  )
}
