import type { Policy } from '@pointbook/shared/contract/points/policy'
import { benefitClasses, measureText } from '@pointbook/shared/policy-words/tiers'
import { timesText } from '@pointbook/shared/quantities'
import { Tooltip } from 'antd'
import { Mark } from '../../../pieces/mark.tsx'

/** Tiers as a ladder: the longer the bar, the faster points come. */
export function TierLadder({ tiers: { levels: all, measure } }: Pick<Policy, 'tiers'>) {
  const levels = [...all].sort((a, b) => a.from - b.from)
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
              {from > 0 ? `${measureText(measure, from)}起` : '注册即是'}　{timesText(multiplierBp)}
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
