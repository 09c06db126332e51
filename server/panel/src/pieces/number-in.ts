import { decimalFrom } from '@pointbook/shared/digits'
import { fenFromYuan, group } from '@pointbook/shared/money'

interface Bounds {
  min: number
  max: number
  precision: number
}

/** Null for an empty field, NaN for an invalid number. */
export function numberIn(text: string, { min, max, precision, isMoney }: Bounds & { isMoney: boolean }): number | null {
  if (text.trim() === '') return null
  const fen = isMoney ? fenFromYuan(text) : null
  const amount = fen === null ? decimalFrom(text, precision) : fen / 100
  return amount === null || amount < min || amount > max ? Number.NaN : amount
}

/** The bounds of a field, in words. */
export const wanted = ({ min, max, precision }: Bounds): string =>
  precision === 0
    ? `请填 ${group(min)} 到 ${group(max)} 的整数`
    : `请填 ${min} 到 ${group(max)} 的数，最多 ${precision} 位小数`
