import { addMonths } from '@pointbook/shared/day'
import { Figure, Figures } from '../../../pieces/figure.tsx'
import { countText, moneyText } from '../../../pieces/numbers.ts'
import { percentText } from './sheets.ts'
import type { Liability } from './types.ts'

export function LiabilityFigures({ liability }: { liability: Liability }) {
  const { on, outstanding, outstandingFen, pointsPerYuan, expiring, cohorts } = liability
  const soon = expiring.filter(({ month }) => month !== null && month <= addMonths(on, 2).slice(0, 7))
  const [came, expired, open] = [
    sum(cohorts, ({ points }) => points),
    sum(cohorts, (cohort) => cohort.expired),
    sum(cohorts, (cohort) => cohort.open),
  ]
  return (
    <Figures>
      <Figure label="会员手中的积分" value={countText(outstanding)} unit="分" tone="green" note={`${on} 结束时`} />
      <Figure label="约合" value={moneyText(outstandingFen)} note={`按每 ${countText(pointsPerYuan)} 分合 1 元`} />
      <Figure
        label="三个月内到期"
        value={countText(sum(soon, ({ points }) => points))}
        unit="分"
        tone="amber"
        note={`约合 ${moneyText(sum(soon, ({ fen }) => fen))}，含当月`}
      />
      <Figure
        label="过期未用比例"
        value={percentText(expired, came)}
        note={`近两年进账中；另有 ${percentText(open, came)} 还没用`}
      />
    </Figures>
  )
}

const sum = <Row,>(rows: readonly Row[], value: (row: Row) => number) =>
  rows.reduce((total, row) => total + value(row), 0)
