import { MinusOutlined, PlusOutlined } from '@ant-design/icons'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { Button, Select } from 'antd'
import { WholeInput } from './inputs.tsx'

type Scheme = Policy['checkIn']['scheme']

const kinds: Record<Scheme['type'], { label: string; start: Scheme }> = {
  fixed: { label: '每天一样多', start: { type: 'fixed', points: 5 } },
  growing: { label: '连续签到越来越多', start: { type: 'growing', from: 5, step: 1, most: 15 } },
  cycle: { label: '逐日设定', start: { type: 'cycle', days: [5, 5, 5, 5, 5, 5, 20] } },
}

const options = Object.entries(kinds).map(([value, { label }]) => ({ value: value as Scheme['type'], label }))

// A field that is being retyped is empty for a moment; the form holds that as null and refuses to save it.
const filled = (value: number | null) => value as number

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
      <SchemeNumbers scheme={scheme} onChange={(next) => onChange?.(next)} />
    </div>
  )
}

function SchemeNumbers({ scheme, onChange }: { scheme: Scheme; onChange: (scheme: Scheme) => void }) {
  switch (scheme.type) {
    case 'fixed':
      return (
        <WholeInput
          unit="分"
          width={120}
          value={scheme.points}
          onChange={(points) => onChange({ ...scheme, points: filled(points) })}
          label="每天多少分"
        />
      )
    case 'growing':
      return (
        <>
          第一天
          <WholeInput
            unit="分"
            width={100}
            label="第一天多少分"
            value={scheme.from}
            onChange={(from) => onChange({ ...scheme, from: filled(from) })}
          />
          每天多
          <WholeInput
            unit="分"
            width={100}
            label="每天多几分"
            value={scheme.step}
            onChange={(step) => onChange({ ...scheme, step: filled(step) })}
          />
          最多
          <WholeInput
            unit="分"
            width={100}
            label="最多多少分"
            value={scheme.most}
            onChange={(most) => onChange({ ...scheme, most: filled(most) })}
          />
        </>
      )
    case 'cycle':
      return <Days days={scheme.days} onChange={(days) => onChange({ ...scheme, days })} />
  }
}

const MOST = 31

function Days({ days, onChange }: { days: number[]; onChange: (days: number[]) => void }) {
  return (
    <div className="scheme-days">
      {days.map((points, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a day has no name but its place
        <div key={at} className="scheme-day">
          <span className="soft small">第 {at + 1} 天</span>
          <WholeInput
            unit="分"
            width={80}
            label={`第 ${at + 1} 天多少分`}
            value={points}
            onChange={(next) => onChange(days.toSpliced(at, 1, filled(next)))}
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
