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

/** An earning rule that always applies to everything, by default. */
export const aRule = (fields: Partial<EarningRule> & Pick<EarningRule, 'gift'>): EarningRule =>
  rule({ id: 'base', name: '消费积分', ...fields })

/** The same policy with every part switched on, so that every change is visible. */
export const fullPolicy = (policy: Policy): Policy => ({
  ...structuredClone(policy),
  pending: { until: 'days', days: 7 },
  expiry: {
    life: { type: 'year-end', years: 1, graceMonths: 3 },
    bySource: [{ sources: ['check-in', 'share'], life: { type: 'days', days: 90 } }],
    extension: { type: 'activity', by: ['purchase', 'check-in'], withinMonths: 6, addMonths: 6, leastFen: 50_00 },
  },
  birthdayAtOnce: false,
  offset: { pointsPerYuan: 100, minimumPoints: 200, stepPoints: 100, maximumShareBp: 5_000 },
  till: { spendingNeeds: 'code', ownPurchases: 'refuse' },
  checkIn: { ...policy.checkIn, enabled: true, makeUp: { price: 20, daysBack: 7, perMonth: 3 } },
  referral: {
    ...policy.referral,
    enabled: true,
    when: 'purchase',
    minimumFen: 20_00,
    withinDays: 30,
    perMonth: 5,
    perInviter: 50,
  },
  tiers: { ...structuredClone(policy.tiers), window: 'rolling', downgrade: 'one', graceDays: 30 },
})

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
