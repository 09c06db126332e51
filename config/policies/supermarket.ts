import { buying, earningBy, type Preset, policyOf, rate, rule } from './make.ts'

/** A chain of supermarkets: 100 yuan = 10 points (B1), spent on goods of every day and on coupons (D2). */
export const supermarket: Preset = {
  key: 'supermarket',
  name: '连锁超市',
  audience: '顾客常来、客单价不高的超市和便利店，积分换日用品和券',
  policy: policyOf({
    name: '超市会员积分',
    // In proportion: most baskets are smaller than 100 yuan and would otherwise earn nothing.
    earning: earningBy([rule({ id: 'base', name: '购物积分', gift: rate(10, 100) })]),
    // 500 points = a coupon of 50 yuan (D1).
    pointsPerYuan: 10,
  }),
  examples: [
    buying('周末采购', [
      { name: '东北大米 5 kg', category: '食品', quantity: 1, amountFen: 52_00 },
      { name: '鲜牛奶', category: '食品', quantity: 4, amountFen: 60_00 },
      { name: '洗衣液', category: '日用品', quantity: 2, amountFen: 88_00 },
    ]),
    buying('下班买菜 36 元', [{ name: '蔬菜', category: '食品', quantity: 1, amountFen: 36_00 }]),
  ],
}
