import { policyOf } from '@pointbook/config/policies/make'
import { earn } from '@pointbook/server/core/earning'
import { type EarningEvent, nothingElse } from '@pointbook/server/core/earning-event'
import type { Caps, Condition, EarningRule, Gift } from '@pointbook/shared/contract/earning-rule'
import { addDays } from '@pointbook/shared/day'
import { aRule, earningBy, tiersOf } from '../support/policies.ts'

const ROUNDS = 5
const PURCHASES_A_ROUND = 200_000

const noCaps: Caps = { day: null, month: null, member: null, budget: null }
const goods = (category: string) => ({
  only: { categories: [category], brands: [], skus: [] },
  except: { categories: [], brands: [], skus: [] },
})

const when = (...conditions: Condition[]) => ({ conditions })
const double: Gift = { type: 'multiply', multiplierBp: 20_000 }
const fixed = (points: number): Gift => ({ type: 'fixed', points })

/** Thirty rules as a chain of stores may have them: seven for every purchase, the others for some. */
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

const policy = policyOf({
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

const purchases = Array.from(
  { length: 1_000 },
  (_, index): EarningEvent => ({
    trigger: 'purchase',
    code: '',
    lines: ['茶', '咖啡', '点心'].map((category, line) => ({
      name: '商品',
      category,
      quantity: 1 + (index % 3),
      amountFen: 1_000 + ((index * 7_919 + line * 4_513) % 20_000),
    })),
    paid: { ...nothingElse, couponFen: index % 10 === 0 ? 500 : 0 },
    storeId: 1 + (index % 6),
    channel: index % 4 === 0 ? 'mini-program' : 'store',
    payment: 'wechat',
    on: addDays('2026-01-01', Math.floor(index / 3)),
    minute: 540 + (index % 720),
    who: {
      purchases: index % 40,
      tierId: index % 3 === 0 ? 'gold' : 'silver',
      tags: [],
      birthday: index % 2 === 0 ? `1990-${String(1 + (index % 12)).padStart(2, '0')}-15` : null,
      joinedOn: '2025-03-01',
    },
    given: [],
  }),
)

/** Decides purchases on one core. The seconds are the processor's: on a busy machine the clock's say nothing. */
function benchCore(): void {
  const used = new Map([['rule/rule-22', 100]])
  const before = (scope: string) => used.get(scope) ?? 0
  for (let round = 0; round <= ROUNDS; round++) {
    const begun = process.cpuUsage()
    let points = 0
    for (let done = 0; done < PURCHASES_A_ROUND; done++)
      points += earn(policy, purchases[done % purchases.length]!, before).points
    const { user, system } = process.cpuUsage(begun)
    const perSecond = (PURCHASES_A_ROUND / (user + system)) * 1_000_000
    if (round > 0) console.log(`${Math.round(perSecond).toLocaleString('en')} purchases/s, ${points} points`)
  }
}

benchCore()
