import type { Policy } from '../contract/points/policy.ts'
import { basisFields, birthdayFields, calculationFields } from '../policy-fields/calculation.ts'
import { pendingFields, returnsFields } from '../policy-fields/expiry.ts'
import { say, wordsOf } from '../policy-fields/field.ts'

type Earning = Policy['earning']

const fractions = { down: '舍去', nearest: '四舍五入', up: '按 1 分计' } as const

const wholes = { line: '每件商品', rule: '每项规则', receipt: '整单合计' } as const

export function roundingText(earning: Pick<Earning, 'rounding' | 'roundEach'>): string {
  const sentence = `${wholes[earning.roundEach]}算出的积分，不足 1 分的部分${fractions[earning.rounding]}`
  return say(calculationFields, earning, 'rounding', sentence)
}

export const multipliersText = (earning: Pick<Earning, 'multipliers'>): string =>
  say(calculationFields, earning, 'multipliers')

/** The parts of the amount that earn nothing. */
export function basisText({ basis }: Pick<Earning, 'basis'>): string {
  const left = [
    !basis.delivery && '运费',
    !basis.coupons && '用优惠券抵扣的部分',
    !basis.pointsPaid && '用积分抵扣的部分',
    !basis.storedValue && '用储值支付的部分',
  ].filter(Boolean)
  const all = '按全额积分，运费、优惠券、积分抵扣和储值支付的部分都算'
  return say(basisFields, basis, 'basis', left.length > 0 ? `${left.join('、')}不积分` : all)
}

export const pendingText = (pending: Policy['pending']): string =>
  say(pendingFields, pending, 'pending', usableText(pending))

function usableText({ until, days }: Policy['pending']): string {
  if (until === 'confirmed') return days > 0 ? `确认收货后可用，最迟在消费后 ${days} 天` : '确认收货后可用'
  return days > 0 ? `消费后 ${days} 天可用` : '消费后马上到账，马上可用'
}

/** The first birthday with a gift. */
export const birthdayText = (atOnce: Policy['birthdayAtOnce']): string => wordsOf(birthdayFields.birthdayAtOnce, atOnce)

/** The treatment of spent points when their purchase is returned. */
export const returnsText = (returns: Policy['returns']): string => wordsOf(returnsFields.returns, returns)
