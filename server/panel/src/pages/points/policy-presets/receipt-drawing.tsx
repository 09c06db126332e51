import { countText, deltaText, shortMoneyText } from '../../../pieces/numbers.ts'
import type { Preset } from './types.ts'

/** A typical purchase as the till would print it, with what it earns and why. */
export function ReceiptDrawing({ example }: { example: Preset['examples'][number] }) {
  const { title, event, points, why } = example
  const totalFen = event.lines.reduce((sum, { amountFen }) => sum + amountFen, 0)
  return (
    <div className="receipt">
      <div className="receipt-title">{title}</div>
      {event.lines.map(({ name, quantity, amountFen }) => (
        <Row key={name} what={quantity > 1 ? `${name} ×${quantity}` : name} value={shortMoneyText(amountFen)} />
      ))}
      <Row className="receipt-total" what="合计" value={shortMoneyText(totalFen)} />
      {why
        .filter(({ matched }) => matched)
        .map(({ ruleId, name, points: given }) => (
          <Row key={ruleId} className="receipt-why" what={name} value={deltaText(given)} />
        ))}
      <div className="receipt-points digits">
        得 <b>{countText(points)}</b> 分
      </div>
    </div>
  )
}

function Row({ what, value, className = '' }: { what: string; value: string; className?: string }) {
  return (
    <div className={`receipt-row ${className}`}>
      <span>{what}</span>
      <span className="digits">{value}</span>
    </div>
  )
}
