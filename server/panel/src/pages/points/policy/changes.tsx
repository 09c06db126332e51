import { Mark } from '../../../pieces/mark.tsx'
import type { Change } from './compare.ts'
import './changes.css'

/** The changes, old above new, for the merchant's decision to publish. */
export function Changes({ changes }: { changes: Change[] }) {
  if (changes.length === 0) return <div className="soft">与现行规则完全相同</div>
  return changes.map(({ key, area, what, before, after }) => (
    <div key={key} className="change">
      <div className="change-head">
        <span className="soft">{area}</span>
        <strong>{what}</strong>
        {before === null && <Mark tone="green">新增</Mark>}
        {after === null && <Mark tone="rust">删除</Mark>}
      </div>
      {before !== null && <Side mark="原来" text={before} />}
      {after !== null && <Side mark={before === null ? '新的' : '改为'} text={after} now />}
    </div>
  ))
}

function Side({ mark, text, now = false }: { mark: string; text: string; now?: boolean }) {
  return (
    <div className={now ? 'change-side change-now' : 'change-side'}>
      <span>{mark}</span>
      {text}
    </div>
  )
}
