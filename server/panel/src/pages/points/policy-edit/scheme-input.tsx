import { MinusOutlined, PlusOutlined } from '@ant-design/icons'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { dayField, schemeFields } from '@pointbook/shared/policy-fields/check-in'
import { startOf } from '@pointbook/shared/policy-fields/field'
import { Button, Select } from 'antd'
import { FieldInput, InlineInputs } from './field-input.tsx'

type Scheme = Policy['checkIn']['scheme']

const kinds: Record<Scheme['type'], { label: string; start: Scheme }> = {
  fixed: { label: '每天一样多', start: { type: 'fixed', ...startOf(schemeFields.fixed) } },
  growing: { label: '连续签到越来越多', start: { type: 'growing', ...startOf(schemeFields.growing) } },
  cycle: { label: '逐日设定', start: { type: 'cycle', days: [5, 5, 5, 5, 5, 5, 20] } },
}

const options = Object.entries(kinds).map(([value, { label }]) => ({ value: value as Scheme['type'], label }))

interface Props {
  value?: Scheme
  onChange?: (scheme: Scheme) => void
}

export function SchemeInput({ value: scheme, onChange }: Props) {
  if (!scheme) return null
  return (
    <div className="editor-line editor-wrap">
      <Select
        value={scheme.type}
        options={options}
        onChange={(type) => onChange?.(kinds[type].start)}
        style={{ width: 170 }}
        aria-label="签到积分的算法"
      />
      <InlineInputs of={schemeFields[scheme.type]} value={scheme} onChange={(next) => onChange?.(next)} />
      {scheme.type === 'cycle' && <Days days={scheme.days} onChange={(days) => onChange?.({ ...scheme, days })} />}
    </div>
  )
}

const MOST = 31

function Days({ days, onChange }: { days: number[]; onChange: (days: number[]) => void }) {
  return (
    <div className="scheme-days">
      {days.map((points, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a day has no name but its place
        <div key={at} className="scheme-day">
          <span className="soft small">第 {at + 1} 天</span>
          <FieldInput
            of={{ ...dayField, label: `第 ${at + 1} 天多少分` }}
            named
            value={points}
            onChange={(next) => onChange(days.toSpliced(at, 1, next as number))}
          />
        </div>
      ))}
      <div className="scheme-tools">
        <Button
          size="small"
          type="dashed"
          icon={<PlusOutlined />}
          onClick={() => onChange([...days, days.at(-1) ?? 0])}
          disabled={days.length >= MOST}
        >
          加一天
        </Button>
        <Button
          size="small"
          type="dashed"
          icon={<MinusOutlined />}
          onClick={() => onChange(days.slice(0, -1))}
          disabled={days.length <= 2}
        >
          减一天
        </Button>
      </div>
    </div>
  )
}
