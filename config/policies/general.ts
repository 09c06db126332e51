import {
  banded,
  buying,
  checkingIn,
  doing,
  earningBy,
  offsetting,
  type Preset,
  policyOf,
  rate,
  referring,
  rising,
  rule,
  tier,
  tiersOf,
} from './make.ts'

/** The scheme for any shop: 1 yuan = 1 point (B8), more for larger purchases (B9), check-in (B10), invitations (B11). */
export const general: Preset = {
  key: 'general',
  name: '通用方案',
  audience: '不知道从哪套开始时就选它：消费、签到、邀请都送积分，各行各业都适用',
  policy: policyOf({
    name: '通用会员积分',
    earning: earningBy([
      rule({ id: 'base', name: '消费积分', gift: rate(1, 1) }),
      rule({
        id: 'bands',
        name: '大单加倍',
        gift: banded([100, 1.5], [200, 2]),
      }),
    ]),
    // +5 at three and +10 at seven days in a row; the article leaves the day's own points open: 5.
    checkIn: checkingIn(),
    referral: referring({ when: 'registration' }),
    // 100 points = 1 yuan, and no more than the cash that is paid besides (D7).
    offset: offsetting(100, 5_000),
    // By all points earned (F3), with rights of all three classes (F1); where a tier begins is for the shop to choose.
    tiers: tiersOf(
      rising(
        tier('basic', '普通会员', 0, 1),
        tier('silver', '银卡会员', 1_000, 1, [
          { class: 'shopping', type: 'discount', name: '会员价', text: '指定商品享会员价' },
        ]),
        tier('gold', '金卡会员', 5_000, 1, [
          { class: 'shopping', type: 'priority', name: '新品优先购', text: '新品上市先到先选' },
          { class: 'value-added', type: 'free-delivery', name: '免运费', text: '线上订单免运费' },
        ]),
        tier('diamond', '钻石会员', 20_000, 1, [
          { class: 'service', type: 'dedicated-service', name: '专属客服', text: '一对一服务，优先接听' },
        ]),
      ),
    ),
  }),
  examples: [
    buying('一单 150 元', [
      { name: '商品甲', quantity: 1, amountFen: 90_00 },
      { name: '商品乙', quantity: 2, amountFen: 60_00 },
    ]),
    buying('一单 260 元', [{ name: '商品丙', quantity: 1, amountFen: 260_00 }]),
    doing('连续签到第 7 天', 'check-in', '签到', { streakDays: 7 }),
  ],
}
