import { ungrouped } from './digits.ts'
import { bare } from './text.ts'

/** `123456` fen → `1,234.56`. */
export function yuan(amountFen: number): string {
  const sign = amountFen < 0 ? '-' : ''
  const fen = Math.abs(amountFen)
  return `${sign}${group(Math.floor(fen / 100))}.${String(fen % 100).padStart(2, '0')}`
}

/** `123400` fen → `1,234 元`; decimals only where there are any. */
export const yuanText = (amountFen: number): string => `${yuan(amountFen).replace(/\.00$/, '')} 元`

/** `¥1,234.5` as typed or as a spreadsheet writes it → 123450 fen; null when it is no amount with at most two decimals. */
export function fenFromYuan(text: string): number | null {
  const figure = ungrouped(bare(text).replace(/^¥\s*|\s*元$/g, ''))
  const match = /^(\d{1,8})(?:\.(\d{1,2}))?$/.exec(figure ?? '')
  if (!match) return null
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}

/** `12345` → `12,345`. */
export function group(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

export type Rounding = 'down' | 'nearest' | 'up'

/** `value × numerator ÷ denominator` of whole numbers ≥ 0, exact before rounding; half goes up when rounding to the nearest. */
export function share(value: number, numerator: number, denominator: number, rounding: Rounding): number {
  const product = value * numerator
  if (!Number.isSafeInteger(product))
    return Number(shareOfBig(BigInt(value) * BigInt(numerator), BigInt(denominator), rounding))
  const rest = product % denominator
  const whole = (product - rest) / denominator
  if (rest === 0 || rounding === 'down') return whole
  return rounding === 'up' || rest * 2 >= denominator ? whole + 1 : whole
}

// No literal such as `1n`: old phones cannot parse a file with one, and the mini-program includes this file.
function shareOfBig(product: bigint, denominator: bigint, rounding: Rounding): bigint {
  const whole = product / denominator
  const rest = product % denominator
  if (!rest || rounding === 'down') return whole
  return rounding === 'up' || rest + rest >= denominator ? whole + BigInt(1) : whole
}
