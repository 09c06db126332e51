import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { cut } from '@pointbook/shared/text'
import { AutoComplete, Button } from 'antd'
import { useContext } from 'react'
import { NumberInput } from '../../../../pieces/number-input.tsx'
import { Known } from '../known.ts'
import { aDelivery, aLine, type CartLine, type Example } from './example.ts'

const MOST = 20

interface Props {
  example: Example
  put: (change: Partial<Example>) => void
}

/** The lines of the purchase. */
export function Cart({ example: { cart, trigger }, put }: Props) {
  const lines = trigger === 'purchase' ? cart : cart.slice(0, 1)
  const change = (at: number, line: Partial<CartLine>) =>
    put({ cart: cart.map((one, index) => (index === at ? { ...one, ...line } : one)) })
  return (
    <div className="trial-cart">
      {lines.map((line, at) => (
        <Line
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name but its place
          key={at}
          line={line}
          goods={trigger === 'purchase'}
          onChange={(next) => change(at, next)}
          {...(lines.length > 1 ? { onRemove: () => put({ cart: cart.toSpliced(at, 1) }) } : {})}
        />
      ))}
      {trigger === 'purchase' && (
        <div className="trial-row">
          <Add text="加一件商品" onClick={() => put({ cart: [...cart, aLine] })} disabled={cart.length >= MOST} />
          <Add text="加运费" onClick={() => put({ cart: [...cart, aDelivery] })} disabled={cart.length >= MOST} />
        </div>
      )}
    </div>
  )
}

function Add({ text, onClick, disabled }: { text: string; onClick: () => void; disabled: boolean }) {
  return (
    <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={onClick} disabled={disabled}>
      {text}
    </Button>
  )
}

interface LineProps {
  line: CartLine
  goods: boolean
  onChange: (line: Partial<CartLine>) => void
  onRemove?: () => void
}

function Line({ line, goods, onChange, onRemove }: LineProps) {
  const known = useContext(Known)
  const options = (names: string[]) => names.map((value) => ({ value }))
  return (
    <div className="trial-line">
      <NumberInput
        value={line.yuan}
        onChange={(yuan) => onChange({ yuan: yuan ?? 0 })}
        min={0}
        max={100_000}
        precision={2}
        prefix="¥"
        style={{ width: '100%' }}
        aria-label={line.delivery ? '运费' : '金额'}
      />
      {line.delivery ? (
        <span className="soft">运费</span>
      ) : (
        <NumberInput
          value={line.quantity}
          onChange={(quantity) => onChange({ quantity: quantity ?? 1 })}
          min={1}
          max={9_999}
          suffix="件"
          style={{ width: '100%' }}
          aria-label="件数"
        />
      )}
      {onRemove && <Button type="text" icon={<DeleteOutlined />} onClick={onRemove} aria-label="去掉这件商品" />}
      {goods && !line.delivery && (
        <div className="trial-row trial-goods">
          <AutoComplete
            value={line.category}
            onChange={(category) => onChange({ category: cut(category ?? '', 20) })}
            options={options(known.categories)}
            placeholder="类别"
            aria-label="类别"
            allowClear
          />
          <AutoComplete
            value={line.brand}
            onChange={(brand) => onChange({ brand: cut(brand ?? '', 40) })}
            options={options(known.brands)}
            placeholder="品牌"
            aria-label="品牌"
            allowClear
          />
        </div>
      )}
    </div>
  )
}
