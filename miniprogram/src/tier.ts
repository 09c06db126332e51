import type { Api } from '@pointbook/shared/contract/index'
import { measureText } from '@pointbook/shared/policy-words/tiers'

export type TierStanding = Api['GET /me/tier']['reply']
export type Tier = TierStanding['tiers'][number]
export type Benefit = Tier['benefits'][number]
type Measure = TierStanding['measure']

/** `再得 120 分`, `再消费 380 元`: what is still missing. */
export const moreText = (measure: Measure, needed: number): string =>
  `${measure === 'points' ? '再得' : '再消费'} ${measureText(measure, needed)}`
