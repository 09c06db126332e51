import { checkbox, choice, name } from './field.ts'

export const nameFields = {
  name: name(30, {
    label: '方案名称',
    line: 'name',
    extra: '只有商家看得到，方便区分不同时期的规则',
    width: 320,
    words: (value) => value,
  }),
}

/** The parts of the amount that earn: delivery fee, and payments by coupon, points or stored value. */
export const basisFields = {
  delivery: checkbox({ label: '运费', line: 'basis' }),
  coupons: checkbox({ label: '优惠券抵扣的部分', line: 'basis' }),
  pointsPaid: checkbox({ label: '积分抵扣的部分', line: 'basis' }),
  storedValue: checkbox({ label: '储值支付的部分', line: 'basis' }),
}

export const calculationFields = {
  /** How fractions of a point are rounded: per line, per rule, or once for the whole receipt. */
  rounding: choice(
    { down: '舍去', nearest: '四舍五入', up: '进一' },
    { label: '不足 1 分怎么算', line: 'rounding', look: 'buttons' },
  ),
  roundEach: choice(
    { line: '每件商品', rule: '每条规则', receipt: '整单合计' },
    { label: '什么时候取整', line: 'rounding', look: 'buttons', saysLine: true },
  ),
  /** Several multipliers on one line multiply each other, or only the largest counts. */
  multipliers: choice(
    { best: '只取最高的一个', multiply: '相乘' },
    {
      label: '同时有几个加倍时',
      line: 'multipliers',
      look: 'buttons',
      newRow: true,
      words: {
        best: '同时符合几项加倍时，只按最高的一项计算',
        multiply: '同时符合几项加倍时，依次相乘',
      },
    },
  ),
}

export const birthdayFields = {
  /**
   * Whether a member who joins or enters the birthday on that day gets the gift at once; otherwise, and by default, from the next
   * birthday on.
   */
  birthdayAtOnce: checkbox({
    label: '生日当天注册或填写生日的会员，当天就送生日积分',
    line: 'birthday',
    extra: '不打钩的，从下一个生日开始送',
    missing: false,
    words: (atOnce) => (atOnce ? '生日当天注册或填写生日的，当天就送' : '生日当天注册或填写生日的，从下一个生日开始送'),
  }),
}
