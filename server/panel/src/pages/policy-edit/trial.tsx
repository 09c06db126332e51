import type { Policy } from '@pointbook/shared/contract/policy'
import { Card, Checkbox, Collapse, Input, InputNumber, Select, Tooltip } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useStores } from '../../api/use-stores.ts'
import { countText } from '../../pieces/numbers.ts'
import { RefusalAlert } from '../../pieces/refusal-alert.tsx'
import { Why } from '../../pieces/why.tsx'
import { type TrialPurchase, usePreview } from '../policy/use-preview.ts'

interface Example {
  yuan: number
  quantity: number
  category: string
  brand: string
  tierId: string
  storeId: number | undefined
  firstPurchase: boolean
}

const hundred: Example = {
  yuan: 100,
  quantity: 1,
  category: '',
  brand: '',
  tierId: '',
  storeId: undefined,
  firstPurchase: false,
}

function purchaseOf({ yuan, quantity, category, brand, tierId, storeId, firstPurchase }: Example): TrialPurchase {
  const line = {
    name: '示例商品',
    quantity,
    amountFen: Math.round(yuan * 100),
    ...(category.trim() ? { category: category.trim() } : {}),
    ...(brand.trim() ? { brand: brand.trim() } : {}),
  }
  return { lines: [line], firstPurchase, ...(tierId ? { tierId } : {}), ...(storeId ? { storeId } : {}) }
}

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

function More({ example, put }: { example: Example; put: (change: Partial<Example>) => void }) {
  const { stores } = useStores()
  const options = stores.map(({ storeId, name }) => ({ value: storeId, label: name }))
  const fields = (
    <div style={{ display: 'grid', gap: 8 }}>
      <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 8 }}>
        <Input
          placeholder="类别"
          value={example.category}
          onChange={({ target }) => put({ category: target.value })}
          maxLength={20}
        />
        <Input
          placeholder="品牌"
          value={example.brand}
          onChange={({ target }) => put({ brand: target.value })}
          maxLength={40}
        />
        <InputNumber
          value={example.quantity}
          onChange={(quantity) => put({ quantity: quantity ?? 1 })}
          min={1}
          max={999}
          precision={0}
          suffix="件"
          style={{ width: '100%' }}
        />
        <Select
          allowClear
          placeholder="任意门店"
          value={example.storeId}
          options={options}
          onChange={(storeId) => put({ storeId })}
        />
      </div>
      <Checkbox checked={example.firstPurchase} onChange={({ target }) => put({ firstPurchase: target.checked })}>
        会员的首次消费
      </Checkbox>
    </div>
  )
  return <Collapse ghost size="small" items={[{ key: 'more', label: '更多条件', children: fields }]} />
}
