import type { EarningRule } from '@pointbook/shared/contract/earning-rule'
import type { Life, Policy, Tier } from '@pointbook/shared/contract/policy'

const everything = { only: { categories: [], brands: [], skus: [] }, except: { categories: [], brands: [], skus: [] } }

const noCaps = { day: null, month: null, member: null, budget: null }

/** An earning rule that applies to everything, always, unless told otherwise. */
export const aRule = (rule: Partial<EarningRule> & Pick<EarningRule, 'gift'>): EarningRule => ({
  id: 'base',
  name: '消费积分',
  enabled: true,
  trigger: 'purchase',
  event: '',
  from: null,
  until: null,
  conditions: [],
  scope: everything,
  caps: noCaps,
  group: '',
  ...rule,
})

const welcome = aRule({
  id: 'registration',
  name: '注册礼',
  trigger: 'registration',
  gift: { type: 'fixed', points: 50 },
})

/** The earning part of a policy with these rules, everything else at its plainest. */
export const earningBy = (rules: EarningRule[], changes: Partial<Policy['earning']> = {}): Policy['earning'] => ({
  rounding: 'down',
  roundEach: 'rule',
  multipliers: 'best',
  basis: { delivery: false, coupons: false, pointsPaid: false, storedValue: true },
  groups: [],
  rules,
  ...changes,
})

export const living = (life: Life): Policy['expiry'] => ({ life, bySource: [], extension: null })

/** Tiers by all points ever earned, unless told otherwise. */
export const tiersOf = (levels: Tier[], changes: Partial<Policy['tiers']> = {}): Policy['tiers'] => ({
  measure: 'points',
  window: 'lifetime',
  rollingMonths: 12,
  downgrade: 'reached',
  graceDays: 0,
  levels,
  ...changes,
})

/** 1 yuan = 1 point, a year to spend them, 50 for registering: the plainest policy, for tests to change. */
export const aPolicy = (changes: Partial<Policy> = {}): Policy => ({
  name: '测试规则',
  earning: earningBy([aRule({ gift: { type: 'rate', points: 1, perFen: 100 } }), welcome]),
  pending: { until: 'days', days: 0 },
  expiry: living({ type: 'months', months: 12 }),
  returns: 'debt',
  offset: null,
  checkIn: {
    enabled: true,
    scheme: { type: 'fixed', points: 5 },
    extras: [
      { days: 3, points: 5 },
      { days: 7, points: 10 },
    ],
    cycleDays: 7,
    makeUp: null,
  },
  referral: {
    enabled: true,
    when: 'purchase',
    minimumFen: 0,
    withinDays: 0,
    inviterPoints: 20,
    inviteePoints: 10,
    perMonth: 0,
    perInviter: 0,
    suspicious: 'hold',
  },
  tiers: tiersOf([], { window: 'rolling' }),
  pointsPerYuan: 100,
  reminder: { enabled: true, daysBefore: 7, minimumPoints: 10, fromHour: 9, untilHour: 21 },
  ...changes,
})
