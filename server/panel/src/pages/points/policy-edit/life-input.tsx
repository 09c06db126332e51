import type { Life } from '@pointbook/shared/contract/points/policy'
import { lifeFields } from '@pointbook/shared/policy-fields/expiry'
import { startOf } from '@pointbook/shared/policy-fields/field'
import { lifeText } from '@pointbook/shared/policy-words/expiry'
import { Select } from 'antd'
import { hasHole } from './field.tsx'
import { InlineInputs } from './field-input.tsx'

export const aYear: Life = { type: 'months', ...startOf(lifeFields.months) }

const kinds: { type: Life['type']; label: string; start: Life }[] = [
  { type: 'month-end', label: '到月底', start: { type: 'month-end', ...startOf(lifeFields['month-end']) } },
  { type: 'months', label: '按月数', start: aYear },
  { type: 'days', label: '按天数', start: { type: 'days', ...startOf(lifeFields.days) } },
  { type: 'year-end', label: '到年底', start: { type: 'year-end', ...startOf(lifeFields['year-end']) } },
  { type: 'never', label: '永久有效', start: { type: 'never' } },
]

interface Props {
  value?: Life
  onChange?: (life: Life) => void
}

/** The kind and its numbers, with a sentence below. */
export function LifeInput({ value: life, onChange }: Props) {
  if (!life) return null
  return (
    <>
      <div className="editor-line">
        <Select
          value={life.type}
          onChange={(type) => onChange?.(kinds.find((one) => one.type === type)!.start)}
          options={kinds.map(({ type, label }) => ({ value: type, label }))}
          style={{ width: 120 }}
          aria-label="有效期的算法"
        />
        <InlineInputs of={lifeFields[life.type]} value={life} onChange={(next) => onChange?.(next)} />
      </div>
      {!hasHole(life) && <div className="soft small">积分{lifeText(life)}</div>}
    </>
  )
}
