import { Card } from 'antd'
import { countText, moneyText } from '../../../pieces/numbers.ts'
import type { Report } from './types.ts'

/** The identity of the audit: all points given are used, expired, taken back or outstanding. */
export function Sum({ totals }: { totals: Report['totals'] }) {
  const parts = [
    { label: '已使用', value: totals.redeemed },
    { label: '已到期', value: totals.expired },
    { label: '收回', value: totals.reversed },
    { label: '会员手中', value: totals.outstanding },
  ]
  return (
    <Card style={{ marginBottom: 16 }}>
      <div className="sum">
        <Part label="发放" value={totals.issued} strong />
        {totals.adjusted !== 0 && (
          <>
            <span className="sum-sign">{totals.adjusted > 0 ? '+' : '−'}</span>
            <Part label="人工调整" value={Math.abs(totals.adjusted)} />
          </>
        )}
        <span className="sum-sign">=</span>
        {parts.map(({ label, value }, index) => (
          <div key={label} className="sum-step">
            {index > 0 && <span className="sum-sign">+</span>}
            <Part label={label} value={value} strong={index === 3} />
          </div>
        ))}
      </div>
      <div className="soft small">
        会员手中的积分约合 {moneyText(totals.outstandingFen)}
        {totals.debt > 0 && `；另有 ${countText(totals.debt)} 分欠分待抵还`}
      </div>
    </Card>
  )
}

function Part({ label, value, strong = false }: { label: string; value: number; strong?: boolean }) {
  return (
    <div className={strong ? 'sum-part sum-strong' : 'sum-part'}>
      <span className="soft small">{label}</span>
      <strong className="digits">{countText(value)}</strong>
    </div>
  )
}
