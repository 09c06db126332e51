import type { Day } from '@pointbook/shared/day'
import {
  buying,
  earningBy,
  memberDay,
  nextWeekday,
  offsetting,
  type Preset,
  policyOf,
  rate,
  rising,
  rule,
  THURSDAY,
  tier,
  tiersOf,
  times,
  WEDNESDAY,
} from './make.ts'

/** Catering: double on the member day and for birthdays (B27); points pay for a part while ordering (D13). */
export function catering(today: Day): Preset {
  const lines = [
    { name: '双人套餐', category: '套餐', quantity: 1, amountFen: 168_00 },
    { name: '鲜榨果汁', category: '饮品', quantity: 2, amountFen: 36_00 },
  ]
  const on = nextWeekday(today, THURSDAY)
  return {
    key: 'catering',
    name: '餐饮',
    audience: '餐厅、连锁快餐，会员日和生日双倍，点餐时积分可抵现',
    policy: policyOf({
      name: '餐饮会员积分',
      earning: earningBy([
        // The article gives no rate: 1 yuan = 1 point (B8).
        rule({ id: 'base', name: '消费积分', gift: rate(1, 1) }),
        // It names no day either: Wednesday, the quietest of the week.
        memberDay(WEDNESDAY),
        // The month of the birthday (B13), so that the member can choose the day.
        rule({
          id: 'birthday',
          name: '生日月双倍',
          conditions: [{ type: 'birthday', within: 'month' }],
          gift: times(2),
        }),
      ]),
      offset: offsetting(100, 5_000),
      // Priority and delivery are given (F7); where a tier begins is for the shop to choose.
      tiers: tiersOf(
        rising(
          tier('basic', '普通会员', 0, 1, [
            { class: 'value-added', type: 'birthday-gift', name: '生日餐', text: '生日当月到店，赠生日餐一份' },
          ]),
          tier('silver', '银卡会员', 1_000, 1, [
            { class: 'service', type: 'priority', name: '优先排号', text: '用餐高峰优先安排座位' },
          ]),
          tier('gold', '金卡会员', 5_000, 1, [
            { class: 'shopping', type: 'free-delivery', name: '外送优惠', text: '外送订单减免配送费' },
          ]),
        ),
      ),
    }),
    examples: [
      buying('两人吃一顿', lines, { on }),
      buying('周三会员日同样一单', lines, { on: nextWeekday(today, WEDNESDAY) }),
      buying('生日月同样一单', lines, { on, birthday: `1990${on.slice(4)}` }),
    ],
  }
}
