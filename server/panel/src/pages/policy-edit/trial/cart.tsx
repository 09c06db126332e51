import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { AutoComplete, Button, Checkbox, InputNumber } from 'antd'
import { useContext } from 'react'
import { Known } from '../known.ts'
import { aLine, type CartLine, type Example } from './example.ts'

interface Props {
  example: Example
  put: (change: Partial<Example>) => void
}

/** What is bought, line by line. */
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
        <Button
          type="dashed"
          size="small"
          icon={<PlusOutlined />}
          onClick={() => put({ cart: [...cart, aLine] })}
          disabled={cart.length >= 20}
        >
          再加一件商品
        </Button>
      )}
    </div>
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
      <div className="trial-row">
        <InputNumber
          value={line.yuan}
          onChange={(yuan) => onChange({ yuan: yuan ?? 0 })}
          min={0}
          max={100_000}
          precision={2}
          prefix="¥"
          style={{ width: '100%' }}
          aria-label="金额"
        />
        <InputNumber
          value={line.quantity}
          onChange={(quantity) => onChange({ quantity: quantity ?? 1 })}
          min={1}
          max={9_999}
          precision={0}
          suffix="件"
          style={{ width: '100%' }}
          aria-label="件数"
        />
      </div>
      {goods && !line.delivery && (
        <div className="trial-row">
          <AutoComplete
            value={line.category}
            onChange={(category) => onChange({ category: (category ?? '').slice(0, 20) })}
            options={options(known.categories)}
            placeholder="类别"
            allowClear
          />
          <AutoComplete
            value={line.brand}
            onChange={(brand) => onChange({ brand: (brand ?? '').slice(0, 40) })}
            options={options(known.brands)}
            placeholder="品牌"
            allowClear
          />
        </div>
      )}
      {goods && (
        <div className="trial-line-foot">
          <Checkbox checked={line.delivery} onChange={({ target }) => onChange({ delivery: target.checked })}>
            这是运费
          </Checkbox>
          {onRemove && (
            <Button size="small" type="text" icon={<DeleteOutlined />} onClick={onRemove} aria-label="去掉这件商品" />
          )}
        </div>
      )}
    </div>
  )
}
