import { Button } from 'antd'
import { countText } from '../../../pieces/numbers.ts'
import { CheckInDrawing, LifeDrawing, TierDrawing } from './drawings.tsx'
import { ReceiptDrawing } from './receipt-drawing.tsx'
import type { Preset } from './types.ts'

interface Props {
  preset: Preset
  busy: boolean
  onChoose: () => void
}

export function PresetCard({ preset, busy, onChoose }: Props) {
  const { name, audience, policy, examples } = preset
  const [typical, ...others] = examples
  const { enabled, inviterPoints, inviteePoints } = policy.referral
  return (
    <section className="preset" aria-label={name}>
      <h2>{name}</h2>
      <p className="soft small">{audience}</p>
      {typical && <ReceiptDrawing example={typical} />}
      <ul className="preset-others">
        {others.map(({ title, points }) => (
          <li key={title}>
            <span>{title}</span>
            <b className="digits">+{countText(points)}</b>
          </li>
        ))}
        {enabled && (
          <li>
            <span>邀请一位好友</span>
            <b className="digits">
              +{countText(inviterPoints)} <small>好友 +{countText(inviteePoints)}</small>
            </b>
          </li>
        )}
      </ul>
      <div className="preset-drawings">
        <LifeDrawing expiry={policy.expiry} />
        <TierDrawing tiers={policy.tiers} />
        <CheckInDrawing checkIn={policy.checkIn} />
      </div>
      <Button block disabled={busy} onClick={onChoose}>
        用这套规则
      </Button>
    </section>
  )
}
