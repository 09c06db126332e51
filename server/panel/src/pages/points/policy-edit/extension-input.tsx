import type { Extension } from '@pointbook/shared/contract/points/policy'
import { extensionText } from '@pointbook/shared/policy-words/expiry'
import { Select } from 'antd'
import { hasHole } from './field.tsx'
import { Choose, WholeInput, YuanInput } from './inputs.tsx'
import { triggerOptions } from './rule/triggers.ts'

const starts: Record<Extension['type'], Extension> = {
  activity: { type: 'activity', by: ['purchase'], withinMonths: 3, addMonths: 6 },
  renewal: { type: 'renewal', by: ['purchase'], months: 12 },
}

type Choice = Extension['type'] | 'none'

const kinds: { value: Choice; label: string }[] = [
  { value: 'none', label: '不延长' },
  { value: 'activity', label: '快到期时有活动就延长' },
  { value: 'renewal', label: '每次活动都重新计时' },
]

// A field that is being retyped is empty for a moment; the form holds that as null and refuses to save it.
const filled = (value: number | null) => value as number

interface Props {
  value?: Extension | null
  onChange?: (extension: Extension | null) => void
}

/** What makes points live longer. */
export function ExtensionInput({ value: extension, onChange }: Props) {
  return (
    <>
      <Select<Choice>
        value={extension?.type ?? 'none'}
        options={kinds}
        onChange={(type: Choice) => onChange?.(type === 'none' ? null : starts[type])}
        style={{ width: 240, marginBottom: extension ? 10 : 0 }}
        aria-label="有效期延长"
      />
      {extension && (
        <>
          <div className="editor-line">
            哪些活动算
            <Choose
              values={extension.by}
              options={triggerOptions}
              onChange={(by) => onChange?.({ ...extension, by })}
              placeholder="例如消费"
            />
          </div>
          <div className="editor-line">
            <ExtensionNumbers extension={extension} onChange={(next) => onChange?.(next)} />
          </div>
          <div className="editor-line">
            消费满
            <YuanInput
              label="消费满多少元才算"
              value={extension.leastFen ?? 0}
              onChange={(leastFen) => onChange?.({ ...extension, leastFen: filled(leastFen) })}
            />
            才算，填 0 表示不限
          </div>
          {!hasHole(extension) && <div className="soft small">{extensionText(extension)}</div>}
        </>
      )}
    </>
  )
}

function ExtensionNumbers({ extension, onChange }: { extension: Extension; onChange: (next: Extension) => void }) {
  const months = (label: string, value: number, put: (months: number) => Extension) => (
    <WholeInput
      unit="个月"
      label={label}
      min={1}
      max={120}
      width={120}
      value={value}
      onChange={(next) => onChange(put(filled(next)))}
    />
  )
  if (extension.type === 'renewal')
    return (
      <>
        还有效的积分都延长到之后{' '}
        {months('延长到几个月后', extension.months, (next) => ({ ...extension, months: next }))}
      </>
    )
  return (
    <>
      到期前 {months('到期前几个月内', extension.withinMonths, (next) => ({ ...extension, withinMonths: next }))}
      内有活动，延长 {months('延长几个月', extension.addMonths, (next) => ({ ...extension, addMonths: next }))}
    </>
  )
}
