import type { Day } from '@pointbook/shared/day'
import {
  buying,
  checkingIn,
  type Example,
  earningBy,
  fixed,
  nextOn,
  noCaps,
  only,
  type Preset,
  policyOf,
  rate,
  rising,
  rule,
  tier,
  tiersOf,
  times,
} from './make.ts'

/** An online shop: amount, frequency and interaction all count (B30), designated goods double in a campaign (B5). */
export function eCommerce(today: Day): Preset {
  const lines: Example['event']['lines'] = [
    { name: '跑步鞋', category: '运动', quantity: 1, amountFen: 399_00 },
    { name: '保温杯', category: '家居', quantity: 1, amountFen: 79_00 },
    { name: '运费', quantity: 1, amountFen: 8_00, delivery: true },
  ]
  const campaign = nextOn(today, '11-11')
  return {
    key: 'e-commerce',
    name: '电商平台',
    audience: '网店、品牌商城，金额、次数、互动都算分，等级越高积分越快',
    policy: policyOf({
      name: '电商会员积分',
      earning: earningBy([
        rule({ id: 'base', name: '购物积分', gift: rate(1, 1) }),
        // Fixed points for each order bring people back (B19); the article gives no figures for these three.
        rule({ id: 'order', name: '每单奖励', gift: fixed(10) }),
        rule({ id: 'review', name: '评价晒单', trigger: 'review', gift: fixed(10), caps: { ...noCaps, day: 50 } }),
        rule({ id: 'share', name: '分享带新', trigger: 'share', gift: fixed(10), caps: { ...noCaps, day: 100 } }),
        rule({
          id: 'designated',
          name: '双 11 指定品类双倍',
          from: campaign,
          until: campaign,
          scope: only({ categories: ['运动'] }),
          gift: times(2),
        }),
      ]),
      // Goods may be sent back: the points are usable after the confirmation, and after two weeks at the latest.
      pending: { until: 'confirmed', days: 15 },
      // Days in a row give more (B20).
      checkIn: checkingIn(),
      // A higher grade earns by a larger multiplier (B20) and has richer rights (F8, D26).
      tiers: tiersOf(
        rising(
          tier('basic', '普通会员', 0, 1),
          tier('silver', '银牌会员', 1_000, 1.1, [
            { class: 'shopping', type: 'free-delivery', name: '运费券', text: '每月赠运费券' },
          ]),
          tier('gold', '金牌会员', 5_000, 1.2, [
            { class: 'shopping', type: 'priority', name: '优先购', text: '热门商品优先购买' },
          ]),
          tier('diamond', '钻石会员', 20_000, 1.5, [
            { class: 'service', type: 'dedicated-service', name: '专属客服', text: '专属客服，售后优先' },
          ]),
        ),
        { window: 'rolling' },
      ),
    }),
    examples: [
      buying('一单包裹', lines, { channel: 'online' }),
      buying('双 11 同样一单', lines, { channel: 'online', on: campaign }),
      buying('钻石会员同样一单', lines, { channel: 'online', tierId: 'diamond' }),
    ],
  }
}
