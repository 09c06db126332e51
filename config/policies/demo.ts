import type { EarningRule } from '@pointbook/shared/contract/earning-rule'
import type { Policy, Tier } from '@pointbook/shared/contract/policy'

const nothing = { categories: [], brands: [], skus: [] }

const always = {
  enabled: true,
  trigger: 'purchase',
  event: '',
  from: null,
  until: null,
  conditions: [],
  scope: { only: nothing, except: nothing },
  caps: { day: null, month: null, member: null, budget: null },
  group: '',
} satisfies Partial<EarningRule>

const base: EarningRule = {
  ...always,
  id: 'base',
  name: '消费积分',
  gift: { type: 'rate', points: 1, perFen: 100 },
}

const bands: EarningRule = {
  ...always,
  id: 'bands',
  name: '大单加倍',
  gift: {
    type: 'bands',
    bands: [
      { fromFen: 100_00, multiplierBp: 15_000 },
      { fromFen: 200_00, multiplierBp: 20_000 },
    ],
  },
}

const coffee: EarningRule = {
  ...always,
  id: 'coffee',
  name: '咖啡加分',
  scope: { only: { ...nothing, categories: ['咖啡'] }, except: nothing },
  gift: { type: 'per-unit', points: 5 },
}

const memberDay: EarningRule = {
  ...always,
  id: 'member-day',
  name: '会员日双倍',
  conditions: [{ type: 'weekday', days: [3] }],
  gift: { type: 'multiply', multiplierBp: 20_000 },
}

const firstPurchase: EarningRule = {
  ...always,
  id: 'first-purchase',
  name: '首次消费礼',
  conditions: [{ type: 'first-purchase' }],
  gift: { type: 'fixed', points: 30 },
}

const registration: EarningRule = {
  ...always,
  id: 'registration',
  name: '注册礼',
  trigger: 'registration',
  gift: { type: 'fixed', points: 50 },
}

const tiers: Tier[] = [
  { id: 'basic', name: '普通会员', from: 0, multiplierBp: 10_000, benefits: [] },
  {
    id: 'silver',
    name: '银卡会员',
    from: 500,
    multiplierBp: 11_000,
    benefits: [
      { class: 'shopping', type: 'birthday-gift', name: '生日双周礼遇', text: '生日前后两周到店，赠小甜点一份' },
      { class: 'service', type: 'dedicated-service', name: '专属客服', text: '服务电话优先接听' },
    ],
  },
  {
    id: 'gold',
    name: '金卡会员',
    from: 2_000,
    multiplierBp: 12_000,
    benefits: [
      { class: 'shopping', type: 'priority', name: '新品优先购', text: '新品上市前三天可先到店购买' },
      { class: 'service', type: 'custom', name: '免费续杯', text: '现制饮品当天可续一杯' },
      { class: 'value-added', type: 'custom', name: '品鉴活动', text: '每季度一次，可带一位朋友' },
    ],
  },
  {
    id: 'diamond',
    name: '钻石会员',
    from: 5_000,
    multiplierBp: 15_000,
    benefits: [
      { class: 'shopping', type: 'custom', name: '限量款预留', text: '限量商品为您预留七天' },
      { class: 'service', type: 'dedicated-service', name: '专属店长', text: '一对一服务，随时联系' },
      { class: 'value-added', type: 'custom', name: '年度礼盒', text: '每年一份，到店领取' },
    ],
  },
]

/** A café chain that rewards every purchase, larger ones more: what a new shop starts from. */
export const demoPolicy = {
  name: '咖啡店会员积分',
  earning: {
    rounding: 'down',
    roundEach: 'rule',
    multipliers: 'best',
    basis: { delivery: false, coupons: false, pointsPaid: false, storedValue: true },
    groups: [],
    rules: [base, bands, coffee, memberDay, firstPurchase, registration],
  },
  pending: { until: 'days', days: 0 },
  expiry: { life: { type: 'months', months: 12 }, bySource: [], extension: null },
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
  tiers: { measure: 'points', window: 'rolling', rollingMonths: 12, downgrade: 'reached', graceDays: 0, levels: tiers },
  pointsPerYuan: 100,
  reminder: { enabled: true, daysBefore: 7, minimumPoints: 10, fromHour: 9, untilHour: 21 },
} satisfies Policy
