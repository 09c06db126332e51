import { buying, doing, earningBy, fixed, offsetting, type Preset, policyOf, rate, rule, welcoming } from './make.ts'

/** The sample plan: 10 yuan = 1 point, and something for every first step (B23); a year to spend them (C1). */
export const samplePlan: Preset = {
  key: 'sample-plan',
  name: '范文方案',
  audience: '想要一份稳妥的标准方案：10 元 1 分，注册、完善资料、分享商品都有奖励',
  policy: policyOf({
    name: '标准会员积分',
    earning: earningBy([
      rule({ id: 'base', name: '购物积分', gift: rate(1, 10) }),
      welcoming(50),
      rule({ id: 'profile', name: '完善资料', trigger: 'profile', gift: fixed(30) }),
      rule({ id: 'share', name: '分享商品链接', trigger: 'share', gift: fixed(10) }),
    ]),
    // 100 points = 1 yuan (D10); the plan sets no limit to how much of an order they may pay.
    offset: offsetting(100),
    // The more expensive way to use them: 1 000 points = a gift of 50 yuan (D10).
    pointsPerYuan: 20,
  }),
  examples: [
    buying('一单 328 元', [
      { name: '电热水壶', category: '家电', quantity: 1, amountFen: 199_00 },
      { name: '浴巾', category: '家居', quantity: 3, amountFen: 129_00 },
    ]),
    doing('注册成为会员', 'registration', '注册'),
    doing('完善个人资料', 'profile', '资料'),
    doing('一次成功分享', 'share', '分享'),
  ],
}
