import { Timeline } from 'antd'
import { decisions } from '../../../pieces/case/decisions.ts'
import { Reference } from '../../../pieces/reference.tsx'
import { When } from '../../../pieces/when.tsx'
import type { Case } from './types.ts'

type Step = Case['steps'][number]

const names: Record<Step['kind'], string> = {
  opened: '开始调查',
  frozen: '冻结账户',
  note: '记录',
  'taken-back': '收回积分',
  published: '公示结果',
  ...decisions,
}

const colours: Partial<Record<Step['kind'], string>> = {
  'taken-back': 'var(--rust)',
  cancelled: 'var(--rust)',
  frozen: 'var(--amber)',
  note: 'var(--line)',
}

export function Steps({ steps }: { steps: Step[] }) {
  return (
    <Timeline
      style={{ marginTop: 8 }}
      items={steps.map(({ stepId, kind, nickname, text, actor, at }) => ({
        key: stepId,
        color: colours[kind] ?? 'var(--green)',
        content: (
          <div className="case-step">
            <strong>{names[kind]}</strong>
            {nickname && `　${nickname}`}
            <div>{text}</div>
            <div className="soft small">
              <When at={at} />　<Reference to={actor} />
            </div>
          </div>
        ),
      }))}
    />
  )
}
