import type { Extension } from '@pointbook/shared/contract/points/policy'
import { extensionFields, leastFields } from '@pointbook/shared/policy-fields/expiry'
import { startOf } from '@pointbook/shared/policy-fields/field'
import { extensionText } from '@pointbook/shared/policy-words/expiry'
import { Select } from 'antd'
import { hasHole } from './field.tsx'
import { InlineInputs } from './field-input.tsx'
import { Choose } from './inputs.tsx'
import { triggerOptions } from './rule/triggers.ts'

const starts: Record<Extension['type'], Extension> = {
  activity: { type: 'activity', by: ['purchase'], ...startOf(extensionFields.activity) },
  renewal: { type: 'renewal', by: ['purchase'], ...startOf(extensionFields.renewal) },
}

type Choice = Extension['type'] | 'none'

const kinds: { value: Choice; label: string }[] = [
  { value: 'none', label: '不延长' },
  { value: 'activity', label: '快到期时有活动就延长' },
  { value: 'renewal', label: '每次活动都重新计时' },
]

interface Props {
  value?: Extension | null
  onChange?: (extension: Extension | null) => void
}

/** The extension of points by activity. */
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
            <InlineInputs
              of={extensionFields[extension.type]}
              value={extension}
              onChange={(next) => onChange?.(next)}
            />
          </div>
          <div className="editor-line">
            <InlineInputs of={leastFields} value={extension} onChange={(next) => onChange?.(next)} />
          </div>
          {!hasHole(extension) && <div className="soft small">{extensionText(extension)}</div>}
        </>
      )}
    </>
  )
}
