import { cut } from '@pointbook/shared/text'
import { Segmented } from 'antd'
import { useState } from 'react'
import { useWrite } from '../../../api/use-write.ts'
import { AskReason } from '../../../pieces/ask-reason.tsx'
import { NumberInput } from '../../../pieces/number-input.tsx'
import { countText } from '../../../pieces/numbers.ts'
import { useDone } from '../../../pieces/use-done.tsx'
import type { Item } from './types.ts'

interface Props {
  item: Item
  open: boolean
  onClose: () => void
}

/** Stock changes by a difference, so that a simultaneous redemption is not overwritten. */
export function Restock({ item: { itemId, name, stock }, open, onClose }: Props) {
  const [way, setWay] = useState<'in' | 'out'>('in')
  const [amount, setAmount] = useState<number | null>(null)
  const done = useDone()
  const change = useWrite('POST /admin/items/:itemId/stock', {
    withId: true,
    changes: ['GET /admin/items', 'GET /admin/dashboard'],
  })
  const delta = (way === 'in' ? 1 : -1) * (amount || 0)
  const close = () => {
    change.reset()
    setAmount(null)
    setWay('in')
    onClose()
  }
  const send = (reason: string) => {
    const takeBack = () => change.mutateAsync({ itemId, delta: -delta, reason: cut(`撤销：${reason}`, 100) })
    const onDone = (now: { stock: number }) => {
      done(`「${name}」现有库存 ${countText(now.stock)} 件`, takeBack)
      close()
    }
    change.send({ itemId, delta, stock: stock + delta, reason }, onDone)
  }
  return (
    <AskReason
      open={open}
      title={`「${name}」的库存`}
      okText={way === 'in' ? '入库' : '出库'}
      disabled={delta === 0 || stock + delta < 0}
      placeholder={way === 'in' ? '例如：新到货' : '例如：破损、盘点'}
      write={change}
      besides={[way, amount]}
      onConfirm={send}
      onCancel={close}
    >
      <div style={{ display: 'flex', gap: 12 }}>
        <Segmented
          aria-label="入库还是出库"
          value={way}
          onChange={setWay}
          options={[
            { value: 'in', label: '入库' },
            { value: 'out', label: '出库' },
          ]}
        />
        <NumberInput
          value={amount}
          onChange={setAmount}
          min={1}
          max={1_000_000}
          placeholder="多少件"
          suffix="件"
          style={{ flex: 1 }}
          aria-label="件数"
        />
      </div>
      <div className="stock-sum digits">
        现有 {countText(stock)} 件，之后{' '}
        <strong className={stock + delta < 0 ? 'loss' : ''}>{countText(stock + delta)}</strong> 件
      </div>
    </AskReason>
  )
}
