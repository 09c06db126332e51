import type { Policy, PolicyFault } from '@pointbook/shared/contract/points/policy'
import { Card } from '../../../pieces/card.tsx'
import { Mark } from '../../../pieces/mark.tsx'
import { Changes } from '../policy/changes.tsx'
import type { Change } from '../policy/compare.ts'
import { Trial } from './trial/trial.tsx'
import type { useDraft } from './use-draft.ts'

interface Props {
  inForce: Policy
  draft: ReturnType<typeof useDraft>
  changes: Change[]
}

/** Beside the form: what a purchase would earn, and what differs from the rules in force. */
export function Side({ inForce, draft, changes }: Props) {
  const errors = draft.faults.filter(({ level }) => level === 'error')
  const warnings = draft.faults.filter(({ level }) => level === 'warning')
  return (
    <aside className="editor-side" aria-label="试算与对照">
      <FaultList title="发布前要改好" faults={errors} />
      <Trial inForce={inForce} draft={draft.complete ? draft.draft : undefined} />
      <FaultList title="请留意" faults={warnings} />
      <Card size="small" title={`和现行规则相比${changes.length ? `，${changes.length} 处变化` : ''}`}>
        {draft.complete ? <Changes changes={changes} /> : <span className="soft">填完空着的地方后再比较</span>}
      </Card>
    </aside>
  )
}

/** The section a fault lies in: the longest beginning of its path that is named here. */
const areas: [string, { key: string; title: string }][] = [
  ['earning.rules', { key: 'rules', title: '积分规则' }],
  ['earning.groups', { key: 'rules', title: '规则组' }],
  ['earning', { key: 'calculation', title: '怎么计算' }],
  ['pending', { key: 'life', title: '到账' }],
  ['expiry', { key: 'life', title: '有效期' }],
  ['offset', { key: 'offset', title: '积分抵现' }],
  ['till', { key: 'till', title: '收银台' }],
  ['checkIn', { key: 'check-in', title: '签到' }],
  ['referral', { key: 'referral', title: '邀请好友' }],
  ['tiers', { key: 'tiers', title: '会员等级' }],
  ['reminder', { key: 'reminder', title: '到期提醒' }],
  ['pointsPerYuan', { key: 'reminder', title: '积分估值' }],
]

const areaOf = (path: string) =>
  areas.find(([beginning]) => path.startsWith(beginning))?.[1] ?? { key: 'rules', title: '规则' }

/** Faults once more in one place, with the way to their section: their fields may be far down the form. */
function FaultList({ title, faults }: { title: string; faults: PolicyFault[] }) {
  if (faults.length === 0) return null
  return (
    <Card size="small" title={`${title}，${faults.length} 处`}>
      {faults.map(({ path, level, text }) => (
        <a key={`${path}/${text}`} className="fault-line" href={`#${areaOf(path).key}`}>
          <Mark tone={level === 'error' ? 'rust' : 'amber'}>{areaOf(path).title}</Mark>
          <span>{text}</span>
        </a>
      ))}
    </Card>
  )
}
