import type { Policy, PolicyFault } from '@pointbook/shared/contract/points/policy'
import { Card } from '../../../pieces/card.tsx'
import { Mark } from '../../../pieces/mark.tsx'
import { Changes } from '../policy/changes.tsx'
import type { Change } from '../policy/compare.ts'
import { idOf, placeOf } from './sections.ts'
import { Trial } from './trial/trial.tsx'
import type { useDraft } from './use-draft.ts'

interface Props {
  inForce: Policy
  draft: ReturnType<typeof useDraft>
  changes: Change[]
}

/** Beside the form: the points of an example purchase, and the differences from the policy in force. */
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

/** All faults in one place with links to their sections, because their fields may be far down the form. */
function FaultList({ title, faults }: { title: string; faults: PolicyFault[] }) {
  if (faults.length === 0) return null
  return (
    <Card size="small" title={`${title}，${faults.length} 处`}>
      {faults.map(({ path, level, text }) => {
        const place = placeOf(path)
        return (
          <a key={`${path}/${text}`} className="fault-line" href={place && `#${idOf(place.key)}`}>
            <Mark tone={level === 'error' ? 'rust' : 'amber'}>{place?.title}</Mark>
            <span>{text}</span>
          </a>
        )
      })}
    </Card>
  )
}
