import type { Policy } from '@pointbook/shared/contract/policy'
import { Card } from 'antd'
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
  const general = draft.faults.filter(({ path }) => path === '')
  return (
    <aside className="editor-side">
      <Trial inForce={inForce} draft={draft.complete ? draft.draft : undefined} />
      <Card size="small" title={`和现行规则相比${changes.length ? `，${changes.length} 处变化` : ''}`}>
        {general.map(({ text }) => (
          <div key={text} className="loss">
            {text}
          </div>
        ))}
        {draft.complete ? <Changes changes={changes} /> : <span className="soft">填完空着的地方后再比较</span>}
      </Card>
    </aside>
  )
}
