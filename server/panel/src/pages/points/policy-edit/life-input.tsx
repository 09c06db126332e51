import type { Life } from '@pointbook/shared/contract/points/policy'
import { lifeText } from '@pointbook/shared/policy-words/expiry'
import { Select } from 'antd'
import { hasHole } from './field.tsx'
import { WholeInput } from './inputs.tsx'

const kinds: { type: Life['type']; label: string; start: Life }[] = [
  { type: 'month-end', label: '到月底', start: { type: 'month-end', months: 12 } },
  { type: 'months', label: '按月数', start: { type: 'months', months: 12 } },
  { type: 'days', label: '按天数', start: { type: 'days', days: 365 } },
  { type: 'year-end', label: '到年底', start: { type: 'year-end', years: 1, graceMonths: 0 } },
  { type: 'never', label: '永久有效', start: { type: 'never' } },
]

export const aYear: Life = { type: 'months', months: 12 }

// A field that is being retyped is empty for a moment; the form holds that as null and refuses to save it.
const filled = (value: number | null) => value as number

interface Props {
  value?: Life
  onChange?: (life: Life) => void
}

/** The kind and its numbers; the sentence below says what they come to. */
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
        <LifeNumbers life={life} onChange={(next) => onChange?.(next)} />
      </div>
      {!hasHole(life) && <div className="soft small">积分{lifeText(life)}</div>}
    </>
  )
}

function LifeNumbers({ life, onChange }: { life: Life; onChange: (life: Life) => void }) {
  switch (life.type) {
    case 'never':
      return null
    case 'days':
      return (
        <WholeInput
          unit="天"
          min={1}
          max={3_660}
          width={130}
          label="几天内有效"
          value={life.days}
          onChange={(days) => onChange({ ...life, days: filled(days) })}
        />
      )
    case 'months':
    case 'month-end':
      return (
        <WholeInput
          unit={life.type === 'months' ? '个月' : '个月后'}
          min={life.type === 'months' ? 1 : 0}
          max={120}
          width={130}
          label="几个月内有效"
          value={life.months}
          onChange={(months) => onChange({ ...life, months: filled(months) })}
        />
      )
    case 'year-end':
      return (
        <>
          <WholeInput
            unit="年后"
            max={10}
            width={110}
            label="几年后到期"
            value={life.years}
            onChange={(years) => onChange({ ...life, years: filled(years) })}
          />
          再宽限
          <WholeInput
            unit="个月"
            max={11}
            width={110}
            label="再宽限几个月"
            value={life.graceMonths}
            onChange={(graceMonths) => onChange({ ...life, graceMonths: filled(graceMonths) })}
          />
        </>
      )
  }
}
