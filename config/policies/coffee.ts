import {
  buying,
  checkingIn,
  doing,
  earningBy,
  living,
  offsetting,
  only,
  type Preset,
  perUnit,
  policyOf,
  referring,
  rule,
  welcoming,
} from './make.ts'

/** A coffee shop: points by the cup, whatever it costs (B24), for nine months (C6). */
export const coffee: Preset = {
  key: 'coffee',
  name: '咖啡店',
  audience: '按杯送积分的咖啡、奶茶、饮品店，天天签到，推荐好友双方都得',
  policy: policyOf({
    name: '咖啡店按杯积分',
    earning: earningBy([
      rule({
        id: 'cup',
        name: '每杯积分',
        scope: only({ categories: ['咖啡'] }),
        gift: perUnit(10),
      }),
      welcoming(50),
    ]),
    expiry: living({ type: 'months', months: 9 }),
    // From 5 to 15 a day. The article does not give the steps; here 15 is reached within a week.
    checkIn: checkingIn({ scheme: { type: 'growing', from: 5, step: 2, most: 15 }, extras: [], cycleDays: 0 }),
    referral: referring({ inviterPoints: 80, inviteePoints: 80 }),
    // 100 points = 10 yuan; a cup may be paid with points alone, as 300 of them are one (D12).
    offset: offsetting(10),
    pointsPerYuan: 10,
  }),
  examples: [
    buying('两杯咖啡一份蛋糕', [
      { name: '拿铁', category: '咖啡', quantity: 2, amountFen: 56_00 },
      { name: '提拉米苏', category: '甜品', quantity: 1, amountFen: 32_00 },
    ]),
    doing('注册成为会员', 'registration', '注册'),
    doing('连续签到第 6 天', 'check-in', '签到', { streakDays: 6 }),
  ],
}
