import type { Condition } from './contract/points/earning-rule.ts'
import type { CouponPlace, CouponSaving, CouponTerms, CouponValidity } from './contract/spending/coupon-terms.ts'
import { dayText } from './day.ts'
import { yuanText } from './money.ts'
import { conditionText, type Names } from './policy-words/condition.ts'
import { scopeText } from './policy-words/rule.ts'

export const couponStates = {
  held: '可使用',
  used: '已使用',
  ended: '已过期',
  voided: '已作废',
  passed: '已转入合并后的档案',
} as const

export type CouponState = keyof typeof couponStates

export const couponSources = {
  merchant: '商家发放',
  redemption: '积分兑换',
  merge: '档案合并',
} as const

export type CouponSource = keyof typeof couponSources

/** The most coupons that one purchase may use. */
export const MOST_TOGETHER = 10

/** The number of a coupon, by which members and clerks name it. */
export const couponNo = ({ memberId, seq }: { memberId: number; seq: number }): string => `${memberId}-${seq}`

/** The parts of such a number; null for another member's. */
export function seqOf(no: string, memberId: number): number | null {
  const [owner, seq] = no.split('-').map(Number)
  return owner === memberId ? seq! : null
}

const threshold = (fromFen: number): string => (fromFen > 0 ? `满 ${yuanText(fromFen)}` : '')

/** What a coupon takes off, in words: `满 50 元减 10 元`, `8 折`. */
export function savingText(saving: CouponSaving): string {
  switch (saving.type) {
    case 'amount':
      return `${threshold(saving.fromFen)}减 ${yuanText(saving.offFen)}`
    case 'percent': {
      const most = saving.mostFen === null ? '' : `，最多减 ${yuanText(saving.mostFen)}`
      return `${threshold(saving.fromFen)}${discountText(saving.offBp)}${most}`
    }
    case 'voucher':
      return `抵 ${yuanText(saving.worthFen)}`
    case 'exchange':
      return `兑换${saving.goods} 1 件，价格不超过 ${yuanText(saving.mostFen)}`
    case 'delivery':
      return `${threshold(saving.fromFen)}免运费，最多 ${yuanText(saving.mostFen)}`
  }
}

/** 2 000 hundredths of a percent off → `8 折`. */
const discountText = (offBp: number): string => ` ${(10_000 - offBp) / 1_000} 折`.trimStart()

export function validityText(validity: CouponValidity): string {
  if (validity.type === 'dates') return `${dayText(validity.from)}至${dayText(validity.until)}可用`
  const { after, days } = validity
  return after === 0 ? `领取后 ${days} 天内可用` : `领取 ${after} 天后可用，共 ${days} 天`
}

/** When and where a coupon can be used, in the language of the earning rules. */
export function conditionsOf({ storeIds, channels, weekdays, hours }: CouponPlace): Condition[] {
  const conditions: Condition[] = []
  if (storeIds.length > 0) conditions.push({ type: 'store', storeIds })
  if (channels.length > 0) conditions.push({ type: 'channel', channels })
  if (weekdays.length > 0) conditions.push({ type: 'weekday', days: weekdays })
  if (hours) conditions.push({ type: 'hours', ...hours })
  return conditions
}

/** The terms of a coupon, a sentence each: goods, place and time, and what it combines with. */
export function termsTexts({ saving, goods, place, stacking }: CouponTerms, names: Names): string[] {
  return [
    saving.type === 'delivery' ? '' : scopeText(goods),
    ...conditionsOf(place).map((condition) => conditionText(condition, names)),
    stacking.coupons ? `可与其他券同用，这种券最多用 ${stacking.pieces} 张` : '不与其他券同用',
    stacking.offset ? '' : '不与积分抵现同用',
    saving.type === 'voucher' ? '不找零' : '',
  ].filter(Boolean)
}
