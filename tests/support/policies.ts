import {
  checkingIn,
  earningBy,
  policyOf,
  rate,
  referring,
  rule,
  tiersOf,
  welcoming,
} from '@pointbook/config/policies/make'
import type { EarningRule } from '@pointbook/shared/contract/points/earning-rule'
import type { Policy } from '@pointbook/shared/contract/points/policy'

export { earningBy, living, tiersOf } from '@pointbook/config/policies/make'

/** An earning rule that applies to everything, always, unless told otherwise. */
export const aRule = (told: Partial<EarningRule> & Pick<EarningRule, 'gift'>): EarningRule =>
  rule({ id: 'base', name: '消费积分', ...told })

/** 50 points for registering. */
export const welcome = welcoming(50)

/** 1 yuan = 1 point, a year to spend them, 50 for registering: the plainest policy, for tests to change. */
export const aPolicy = (changes: Partial<Policy> = {}): Policy =>
  policyOf({
    name: '测试规则',
    earning: earningBy([aRule({ gift: rate(1, 1) }), welcome]),
    checkIn: checkingIn(),
    referral: referring(),
    tiers: tiersOf([], { window: 'rolling' }),
    ...changes,
  })
