import { policyOf } from '@pointbook/config/policies/make'
import type { Caps, Condition, EarningRule, Gift } from '@pointbook/shared/contract/points/earning-rule'
import { aRule, earningBy, tiersOf } from '../support/policies.ts'

const noCaps: Caps = { day: null, month: null, member: null, budget: null }
const goods = (category: string) => ({
  only: { categories: [category], brands: [], skus: [] },
  except: { categories: [], brands: [], skus: [] },
})

const when = (...conditions: Condition[]) => ({ conditions })
const double: Gift = { type: 'multiply', multiplierBp: 20_000 }
const fixed = (points: number): Gift => ({ type: 'fixed', points })

const rules: Partial<EarningRule>[] = [
  { gift: { type: 'rate', points: 1, perFen: 100 } },
  { gift: { type: 'step', points: 5, perFen: 5_000 }, caps: { ...noCaps, day: 200 } },
  { gift: { type: 'percent', percentBp: 500 }, scope: goods('茶') },
  { gift: { type: 'per-unit', points: 10 }, scope: goods('咖啡') },
  { gift: { type: 'rate', points: 1, perFen: 300 }, scope: goods('点心'), caps: { ...noCaps, month: 5_000 } },
  { gift: double, scope: goods('茶') },
  { gift: { type: 'multiply', multiplierBp: 15_000 }, ...when({ type: 'weekday', days: [3] }) },
  { gift: double, ...when({ type: 'weekday', days: [2] }), group: 'days' },
  { gift: double, ...when({ type: 'month-day', days: [8, 18, 28] }), group: 'days' },
  { gift: double, ...when({ type: 'birthday', within: 'month' }), group: 'days' },
  { gift: double, ...when({ type: 'birthday', within: 'week' }), group: 'days' },
  {
    gift: {
      type: 'bands',
      bands: [
        { fromFen: 10_000, multiplierBp: 15_000 },
        { fromFen: 20_000, multiplierBp: 20_000 },
      ],
    },
  },
  { gift: fixed(50), ...when({ type: 'first-purchase' }) },
  { gift: fixed(20), ...when({ type: 'nth-purchase', n: 5, every: true }) },
  { gift: fixed(30), ...when({ type: 'tier', tierIds: ['gold', 'black'] }) },
  { gift: fixed(10), ...when({ type: 'tag', tags: ['企业客户'] }) },
  { gift: fixed(10), ...when({ type: 'store', storeIds: [2, 3, 4] }) },
  { gift: fixed(5), ...when({ type: 'channel', channels: ['mini-program'] }), caps: { ...noCaps, day: 20 } },
  { gift: fixed(5), ...when({ type: 'payment', methods: ['stored-value'] }) },
  { gift: fixed(8), ...when({ type: 'hours', fromMinute: 840, untilMinute: 1_020 }) },
  { gift: fixed(66), ...when({ type: 'dates', from: '2026-10-01', until: '2026-10-07' }) },
  { gift: fixed(88), from: '2025-11-11', until: '2025-11-11' },
  { gift: fixed(15), ...when({ type: 'member-for', days: 365 }), caps: { ...noCaps, member: 1_000_000 } },
  { gift: fixed(12), ...when({ type: 'amount-at-least', amountFen: 15_000 }), group: 'large' },
  { gift: fixed(25), ...when({ type: 'amount-at-least', amountFen: 30_000 }), group: 'large' },
  { gift: fixed(40), ...when({ type: 'amount-at-least', amountFen: 50_000 }), group: 'large' },
  { gift: fixed(3), ...when({ type: 'not', of: { type: 'channel', channels: ['delivery'] } }) },
  {
    gift: fixed(6),
    ...when({
      type: 'any',
      of: [
        { type: 'store', storeIds: [1] },
        { type: 'tag', tags: ['学生'] },
      ],
    }),
  },
  {
    gift: fixed(7),
    ...when({
      type: 'all',
      of: [
        { type: 'weekday', days: [6, 7] },
        { type: 'amount-at-least', amountFen: 8_000 },
      ],
    }),
    group: 'weekend',
  },
  { gift: fixed(9), ...when({ type: 'weekday', days: [6, 7] }), group: 'weekend' },
]

/** Thirty rules as a chain of stores may have them: seven for every purchase, the others for some. */
export const thirtyRules = policyOf({
  name: '三十条规则',
  earning: earningBy(
    rules.map((rule, index) => aRule({ id: `rule-${index}`, name: `规则 ${index}`, gift: double, ...rule })),
    {
      groups: [
        { id: 'days', name: '会员日', mode: 'best' },
        { id: 'large', name: '大单', mode: 'best' },
        { id: 'weekend', name: '周末', mode: 'exclusive' },
      ],
    },
  ),
  tiers: tiersOf([
    { id: 'silver', name: '银卡', from: 0, multiplierBp: 10_000, benefits: [] },
    { id: 'gold', name: '金卡', from: 1_000, multiplierBp: 12_000, benefits: [] },
  ]),
})
