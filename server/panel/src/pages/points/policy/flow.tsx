import { RightOutlined } from '@ant-design/icons'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { worthFen } from '@pointbook/shared/worth'
import { countText, moneyText } from '../../../pieces/numbers.ts'
import { RefusalAlert } from '../../../pieces/refusal-alert.tsx'
import { hundredYuan, usePreview } from './use-preview.ts'

/** The points of a purchase of ¥100, from the till to the last usable day, as the server computes them. */
export function Flow({ policy }: { policy: Policy }) {
  const { data, error } = usePreview(policy, hundredYuan)
  if (error && !data) return <RefusalAlert error={error} />
  const worth = data && worthFen(data.points, policy.pointsPerYuan)
  return (
    <div className="flow">
      <Step label="顾客消费" value="¥100" />
      <RightOutlined className="flow-arrow" />
      <Step label="得到积分" value={data ? `+${countText(data.points)} 分` : '…'} main />
      <RightOutlined className="flow-arrow" />
      <Step label="大约值" value={worth === undefined ? '…' : moneyText(worth)} />
      <RightOutlined className="flow-arrow" />
      <Step label="最后可用日" value={data ? (data.expiresOn ?? '永久有效') : '…'} />
    </div>
  )
}

function Step({ label, value, main = false }: { label: string; value: string; main?: boolean }) {
  return (
    <div className={main ? 'flow-step flow-main' : 'flow-step'}>
      <span>{label}</span>
      <strong className="digits">{value}</strong>
    </div>
  )
}
