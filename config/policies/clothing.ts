import type { Day } from '@pointbook/shared/day'
import { buying, earningBy, except, nextOn, only, type Preset, policyOf, rule, times } from './make.ts'

const accessories = { categories: ['配饰'] }

/** Clothing: 10 % of the amount, less for some kinds of goods (B4), everything double on 11 November (B5). */
export function clothing(today: Day): Preset {
  const doubleEleven = nextOn(today, '11-11')
  const coat = { name: '羊毛大衣', category: '女装', quantity: 1, amountFen: 899_00 }
  const scarf = { name: '丝巾', category: '配饰', quantity: 1, amountFen: 200_00 }
  return {
    key: 'clothing',
    name: '服装品牌',
    audience: '按金额比例送积分的服装、鞋包店，不同品类比例不同，双 11 翻倍',
    policy: policyOf({
      name: '服装会员积分',
      earning: earningBy([
        rule({
          id: 'base',
          name: '购物积分',
          scope: except(accessories),
          gift: { type: 'percent', percentBp: 1_000 },
        }),
        // The article gives no second rate: half of the first, on what costs least.
        rule({
          id: 'accessories',
          name: '配饰积分',
          scope: only(accessories),
          gift: { type: 'percent', percentBp: 500 },
        }),
        rule({ id: 'double-eleven', name: '双 11 翻倍', from: doubleEleven, until: doubleEleven, gift: times(2) }),
      ]),
      // 500 points = a coupon of 50 yuan (D1).
      pointsPerYuan: 10,
    }),
    examples: [buying('冬装一套', [coat, scarf]), buying('双 11 同样一单', [coat, scarf], { on: doubleEleven })],
  }
}
