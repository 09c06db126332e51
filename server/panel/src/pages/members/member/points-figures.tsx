import { Card, Tooltip } from 'antd'
import { countText } from '../../../pieces/numbers.ts'
import type { Member } from './types.ts'

interface Small {
  label: string
  value: number
  hint?: string
}

/** The label of points that are not pending, by the account's standing. */
const usable = {
  active: { label: '现在可用', hint: '今天就能花的积分' },
  frozen: { label: '解冻后可用', hint: '账户冻结期间不能使用' },
  cancelled: { label: '已注销，不能用', hint: '会员资格已注销' },
} satisfies Record<Member['standing'], { label: string; hint: string }>

const merged = { label: '已并入，不能用', hint: '积分在并入的那份档案里' }

export function PointsFigures({ points, standing, mergedInto }: Pick<Member, 'points' | 'standing' | 'mergedInto'>) {
  const small = [
    { ...(mergedInto ? merged : usable[standing]), value: points.usable },
    { label: '待生效', value: points.pending, hint: '退货期内，过后才能使用' },
    { label: '累计获得', value: points.earned },
    { label: '累计使用', value: points.spent },
    { label: '累计到期', value: points.expired },
  ]
  return <PointsStrip label="积分余额" balance={points.balance} debt={points.debt} small={small} />
}

interface Props {
  label: string
  balance: number
  debt: number
  small: Small[]
}

export function PointsStrip({ label, balance, debt, small }: Props) {
  return (
    <Card size="small" style={{ marginBottom: 16 }}>
      <div className="points-strip" style={{ marginBottom: 0 }}>
        <div>
          <div className="soft">{label}</div>
          <div className="points-strip-big digits">{countText(balance)}</div>
          {debt > 0 && <div className="loss small">欠 {countText(debt)} 分，以后获得的积分先抵还</div>}
        </div>
        {small.map(({ label: name, value, hint }) => (
          <Tooltip key={name} title={hint}>
            <div>
              <div className="soft">{name}</div>
              <div className="points-strip-small digits">{countText(value)}</div>
            </div>
          </Tooltip>
        ))}
      </div>
    </Card>
  )
}
