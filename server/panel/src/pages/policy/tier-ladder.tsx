import type { Policy } from '@pointbook/shared/contract/policy'
import { timesText } from '@pointbook/shared/policy-words/rule'
import { benefitClasses } from '@pointbook/shared/policy-words/tiers'
import { Tooltip } from 'antd'
import { Mark } from '../../pieces/mark.tsx'
import { countText } from '../../pieces/numbers.ts'

/** Tiers as a ladder: the longer the bar, the faster points come. */
export function TierLadder({ policy }: { policy: Policy }) {
  const levels = [...policy.tiers.levels].sort((a, b) => a.from - b.from)
  if (levels.length === 0) return <div className="soft">没有设等级，所有会员一样</div>
  const fastestBp = Math.max(...levels.map(({ multiplierBp }) => multiplierBp))
  return (
    <div className="ladder">
      {levels.map(({ id, name, from, multiplierBp, benefits }) => (
        <div key={id}>
          <div className="ladder-step">
            <strong>{name}</strong>
            <div
              className="ladder-bar"
              style={{ width: `${30 + (70 * (multiplierBp - 10_000)) / Math.max(1, fastestBp - 10_000)}%` }}
            />
            <span className="digits nowrap">
              {countText(from)} 分起　{timesText(multiplierBp)}
            </span>
          </div>
          <div className="ladder-benefits">
            {benefits.map((benefit) => (
              <Tooltip key={benefit.name} title={benefit.text}>
                <span>
                  <Mark>
                    {benefitClasses[benefit.class]} · {benefit.name}
                  </Mark>
                </span>
              </Tooltip>
            ))}
          </div>
        </div>
      ))}
    </div>
  )
}
