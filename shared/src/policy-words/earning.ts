import type { Policy } from '../contract/points/policy.ts'

type Earning = Policy['earning']

const fractions = { down: '舍去', nearest: '四舍五入', up: '按 1 分计' } as const

const wholes = { line: '每件商品', rule: '每项规则', receipt: '整单合计' } as const

export const roundingText = ({ rounding, roundEach }: Pick<Earning, 'rounding' | 'roundEach'>): string =>
  `${wholes[roundEach]}算出的积分，不足 1 分的部分${fractions[rounding]}`

export const multipliersText = ({ multipliers }: Pick<Earning, 'multipliers'>): string =>
  multipliers === 'best' ? '同时符合几项加倍时，只按最高的一项计算' : '同时符合几项加倍时，依次相乘'

/** What of the amount earns nothing. */
export function basisText({ basis }: Pick<Earning, 'basis'>): string {
  const left = [
    !basis.delivery && '运费',
    !basis.coupons && '用优惠券抵扣的部分',
    !basis.pointsPaid && '用积分抵扣的部分',
    !basis.storedValue && '用储值支付的部分',
  ].filter(Boolean)
  return left.length > 0 ? `${left.join('、')}不积分` : '按全额积分，运费、优惠券、积分抵扣和储值支付的部分都算'
}

export function pendingText({ until, days }: Policy['pending']): string {
  if (until === 'confirmed') return days > 0 ? `确认收货后可用，最迟在消费后 ${days} 天` : '确认收货后可用'
  return days > 0 ? `消费后 ${days} 天可用` : '消费后马上到账，马上可用'
}

/** From which birthday on the birthday gift comes. */
export const birthdayText = (atOnce: Policy['birthdayAtOnce']): string =>
  atOnce ? '生日当天注册或填写生日的，当天就送' : '生日当天注册或填写生日的，从下一个生日开始送'

/** What becomes of points already spent when their purchase is returned. */
export const returnsText = (returns: Policy['returns']): string =>
  returns === 'debt' ? '这些积分已经用掉的，记为欠分，由以后获得的积分先抵还' : '这些积分已经用掉的，不再追回'
