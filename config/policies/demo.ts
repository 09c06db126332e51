import type { EarningRule, Policy, Tier } from '@pointbook/shared/contract/policy'

const nothing = { categories: [], brands: [], skus: [] }

const always = {
  enabled: true,
  from: null,
  until: null,
  conditions: [],
  scope: { only: nothing, except: nothing },
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

const tiers: Tier[] = [
  { id: 'basic', name: '普通会员', fromPoints: 0, multiplierBp: 10_000, benefits: [] },
  {
    id: 'silver',
    name: '银卡会员',
    fromPoints: 500,
    multiplierBp: 11_000,
    benefits: [
      { class: 'shopping', name: '生日双周礼遇', text: '生日前后两周到店，赠小甜点一份' },
      { class: 'service', name: '专属客服', text: '服务电话优先接听' },
    ],
  },
  {
    id: 'gold',
    name: '金卡会员',
    fromPoints: 2_000,
    multiplierBp: 12_000,
    benefits: [
      { class: 'shopping', name: '新品优先购', text: '新品上市前三天可先到店购买' },
      { class: 'service', name: '免费续杯', text: '现制饮品当天可续一杯' },
      { class: 'value-added', name: '品鉴活动', text: '每季度一次，可带一位朋友' },
    ],
  },
  {
    id: 'diamond',
    name: '钻石会员',
    fromPoints: 5_000,
    multiplierBp: 15_000,
    benefits: [
      { class: 'shopping', name: '限量款预留', text: '限量商品为您预留七天' },
      { class: 'service', name: '专属店长', text: '一对一服务，随时联系' },
      { class: 'value-added', name: '年度礼盒', text: '每年一份，到店领取' },
    ],
  },
]

/** A café chain that rewards every purchase, larger ones more: what a new shop starts from. */
export const demoPolicy = {
  name: '咖啡店会员积分',
  earning: { rounding: 'down', multipliers: 'best', rules: [base, bands, coffee, memberDay, firstPurchase] },
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
  tiers: { window: 'rolling-year', levels: tiers },
  pointsPerYuan: 100,
  reminder: { enabled: true, daysBefore: 7, minimumPoints: 10, fromHour: 9, untilHour: 21 },
} satisfies Policy
