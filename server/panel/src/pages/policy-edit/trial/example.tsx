import { Checkbox, Collapse, Input, InputNumber, Select } from 'antd'
import { useStores } from '../../api/use-stores.ts'
import type { TrialEvent } from '../policy/use-preview.ts'

export interface Example {
  yuan: number
  quantity: number
  category: string
  brand: string
  tierId: string
  storeId: number | undefined
  firstPurchase: boolean
}

export const hundred: Example = {
  yuan: 100,
  quantity: 1,
  category: '',
  brand: '',
  tierId: '',
  storeId: undefined,
  firstPurchase: false,
}

export function purchaseOf({ yuan, quantity, category, brand, tierId, storeId, firstPurchase }: Example): TrialEvent {
  const line = {
    name: '示例商品',
    quantity,
    amountFen: Math.round(yuan * 100),
    ...(category.trim() ? { category: category.trim() } : {}),
    ...(brand.trim() ? { brand: brand.trim() } : {}),
  }
  return {
    trigger: 'purchase',
    lines: [line],
    purchases: firstPurchase ? 0 : 1,
    ...(tierId ? { tierId } : {}),
    ...(storeId ? { storeId } : {}),
  }
}

/** What else may decide about a purchase, folded away until it is asked for. */
export function More({ example, put }: { example: Example; put: (change: Partial<Example>) => void }) {
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
