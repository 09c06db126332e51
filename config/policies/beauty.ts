import { buying, doing, earningBy, fixed, type Preset, policyOf, rate, rule, welcoming } from './make.ts'

/** A beauty brand, whose members are worth knowing well (B22). */
export const beauty: Preset = {
  key: 'beauty',
  name: '美妆品牌',
  audience: '靠口碑的美妆、护肤品牌，完善肤质资料、写评价、分享带新也送积分',
  policy: policyOf({
    name: '美妆会员积分',
    earning: earningBy([
      rule({ id: 'base', name: '购物积分', gift: rate(1, 1) }),
      welcoming(50),
      rule({ id: 'profile', name: '完善肤质资料', trigger: 'profile', gift: fixed(30) }),
      rule({ id: 'review', name: '优质评价', trigger: 'review', gift: fixed(20) }),
      rule({ id: 'share', name: '社交分享', trigger: 'share', gift: fixed(10) }),
    ]),
    // 1 000 points = 50 yuan (D10).
    pointsPerYuan: 20,
  }),
  examples: [
    buying('一套护肤', [
      { name: '保湿精华', category: '护肤', quantity: 1, amountFen: 268_00 },
      { name: '洁面乳', category: '护肤', quantity: 1, amountFen: 89_00 },
    ]),
    doing('注册成为会员', 'registration', '注册'),
    doing('写一条优质评价', 'review', '评价'),
    doing('一次成功分享', 'share', '分享'),
  ],
}
