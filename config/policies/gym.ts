import { buying, earningBy, type Preset, policyOf, rate, rising, rule, tier, tiersOf } from './make.ts'

/** A gym: 100 yuan = 10 points for fitness goods (B18); frequent visitors train for free and book first (A8, F6). */
export const gym: Preset = {
  key: 'gym',
  name: '健身房',
  audience: '健身房、瑜伽馆、球馆，按消费次数分级，高级会员有免费课和优先订场',
  policy: policyOf({
    name: '健身会员积分',
    earning: earningBy([rule({ id: 'base', name: '消费积分', gift: rate(10, 100) })]),
    // By the number of visits in a year (A8); the gym chooses the numbers.
    tiers: tiersOf(
      rising(
        tier('basic', '普通会员', 0, 1),
        tier('regular', '活跃会员', 12, 1, [
          { class: 'service', type: 'custom', name: '免费团课', text: '每月一节免费团课' },
        ]),
        tier('devoted', '黑金会员', 48, 1, [
          { class: 'service', type: 'priority', name: '优先订场', text: '提前三天预订球场' },
        ]),
      ),
      { measure: 'purchases', window: 'rolling' },
    ),
    // The article leaves their worth open: as for the supermarket, which gives as many (D1).
    pointsPerYuan: 10,
  }),
  examples: [
    buying('买一期私教课', [
      { name: '私教课 10 节', category: '课程', quantity: 1, amountFen: 2_800_00 },
      { name: '运动毛巾', category: '用品', quantity: 1, amountFen: 39_00 },
    ]),
    buying('单次入场 80 元', [{ name: '单次入场', category: '门票', quantity: 1, amountFen: 80_00 }]),
  ],
}
