import type { Policy } from '@pointbook/shared/contract/policy'
import { Card, InputNumber, Select, Tooltip } from 'antd'
import { useDeferredValue, useState } from 'react'
import { countText } from '../../pieces/numbers.ts'
import { RefusalAlert } from '../../pieces/refusal-alert.tsx'
import { Why } from '../../pieces/why.tsx'
import { usePreview } from '../policy/use-preview.ts'
import { type Example, hundred, More, purchaseOf } from './trial-example.tsx'

/** One purchase, reckoned under the draft and under the rules in force, by the very code that will reckon real ones. */
export function Trial({ inForce, draft }: { inForce: Policy; draft: Policy | undefined }) {
  const [example, setExample] = useState(hundred)
  const purchase = purchaseOf(useDeferredValue(example))
  const before = usePreview(inForce, purchase)
  const after = usePreview(draft, purchase)
  const levels = (draft ?? inForce).tiers.levels
  const put = (change: Partial<Example>) => setExample({ ...example, ...change })
  return (
    <Card size="small" title="试算一笔消费">
      <div className="editor-line">
        <InputNumber
          value={example.yuan}
          onChange={(yuan) => put({ yuan: yuan ?? 0 })}
          min={0}
          max={100_000}
          precision={2}
          prefix="¥"
          style={{ width: 130 }}
          aria-label="金额"
        />
        <Select
          value={example.tierId}
          onChange={(tierId) => put({ tierId })}
          options={[{ value: '', label: '不论等级' }, ...levels.map(({ id, name }) => ({ value: id, label: name }))]}
          style={{ flex: 1 }}
          aria-label="会员等级"
        />
      </div>
      <More example={example} put={put} />
      <div className="trial-result digits">
        <div>
          <span className="soft small">现行规则</span>
          <strong>{before.data ? countText(before.data.points) : '…'}</strong>
        </div>
        <div className="trial-draft">
          <span className="soft small">这份草稿</span>
          <strong>{draft ? (after.data ? countText(after.data.points) : '…') : '—'}</strong>
        </div>
      </div>
      <RefusalAlert error={after.error ?? before.error} />
      {draft && after.data && (
        <Tooltip title="按草稿计算">
          <div>
            <Why lines={after.data.why} />
          </div>
        </Tooltip>
      )}
    </Card>
  )
}
