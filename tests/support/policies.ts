import type { EarningRule, Policy } from '@pointbook/shared/contract/policy'

const everything = { only: { categories: [], brands: [], skus: [] }, except: { categories: [], brands: [], skus: [] } }

/** An earning rule that applies to everything, always, unless told otherwise. */
export const aRule = (rule: Partial<EarningRule> & Pick<EarningRule, 'gift'>): EarningRule => ({
  id: 'base',
  name: '消费积分',
  enabled: true,
  from: null,
  until: null,
  conditions: [],
  scope: everything,
  group: '',
  ...rule,
})

/** 1 yuan = 1 point, a year to spend them, nothing else: the plainest policy, for tests to change. */
export const aPolicy = (changes: Partial<Policy> = {}): Policy => ({
  name: '测试规则',
  earning: {
    rounding: 'down',
    multipliers: 'best',
    rules: [aRule({ gift: { type: 'rate', points: 1, perFen: 100 } })],
  },
  registration: { points: 50 },
  pendingDays: 0,
  expiry: { type: 'months', months: 12 },
  returns: 'debt',
  checkIn: {
    enabled: true,
    points: 5,
    extras: [
      { days: 3, points: 5 },
      { days: 7, points: 10 },
    ],
    cycleDays: 7,
  },
  referral: { enabled: true, when: 'first-purchase', inviterPoints: 20, inviteePoints: 10, minimumFen: 0, perMonth: 0 },
  tiers: { window: 'rolling-year', levels: [] },
  pointsPerYuan: 100,
  reminder: { enabled: true, daysBefore: 7, minimumPoints: 10, fromHour: 9, untilHour: 21 },
  ...changes,
})
