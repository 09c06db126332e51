import { buying, earningBy, fixed, living, noCaps, type Preset, policyOf, rule } from './make.ts'

/** A bank's card: spending, repayment and instalments earn (B28), for ever (C3). */
export const bankCard: Preset = {
  key: 'bank-card',
  name: '银行卡',
  audience: '银行信用卡，刷卡、还款、分期都送积分，长期有效',
  policy: policyOf({
    name: '信用卡积分',
    earning: earningBy([
      // The article gives no figures; 20 yuan = 1 point is usual among cards, whole twenties of each payment only.
      rule({ id: 'base', name: '刷卡消费', gift: { type: 'step', points: 1, perFen: 20_00 } }),
      rule({
        id: 'repayment',
        name: '按时还款',
        trigger: 'event',
        event: 'repayment',
        gift: fixed(20),
        caps: { ...noCaps, month: 20 },
      }),
      rule({
        id: 'instalment',
        name: '账单分期',
        trigger: 'event',
        event: 'instalment',
        gift: { type: 'step', points: 1, perFen: 10_00 },
      }),
    ]),
    expiry: living({ type: 'never' }),
    // Points for 20 yuan each bring about a quarter of a percent back.
    pointsPerYuan: 20,
  }),
  examples: [
    buying('刷卡买一台电视', [{ name: '电视机', category: '家电', quantity: 1, amountFen: 3_599_00 }], {
      payment: 'card',
    }),
    {
      title: '按时还款一次',
      event: {
        trigger: 'event',
        code: 'repayment',
        lines: [{ name: '还款', quantity: 1, amountFen: 2_000_00 }],
      },
    },
    {
      title: '账单分期 6,000 元',
      event: {
        trigger: 'event',
        code: 'instalment',
        lines: [{ name: '分期', quantity: 1, amountFen: 6_000_00 }],
      },
    },
  ],
}
