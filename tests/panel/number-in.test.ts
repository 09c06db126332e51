import { describe, expect, it } from 'vitest'
import { numberIn, wanted } from '../../server/panel/src/pieces/number-in.ts'

const whole = { min: 1, max: 1_000_000_000, precision: 0, isMoney: false }
const money = { min: 0, max: 10_000_000, precision: 2, isMoney: true }

describe('a number field of the panel', () => {
  it('reads full-width digits and commas between thousands (FM9)', () => {
    expect(['５０', '1,200', ' 7 '].map((text) => numberIn(text, whole))).toEqual([50, 1_200, 7])
    expect(['¥12.50', '￥１，２３４．５', '0'].map((text) => numberIn(text, money))).toEqual([12.5, 1_234.5, 0])
    expect(numberIn('1.5', { min: 1, max: 100, precision: 2, isMoney: false })).toBe(1.5)
  })

  it.each(['-50', '1.5', '12345678901', '0', '12,50', '1e3', 'abc', '五十'])(
    'refuses %s instead of changing it (FM9)',
    (text) => {
      expect(numberIn(text, whole)).toBeNaN()
    },
  )

  it('refuses money with a third decimal or a comma that parts no thousands (FI2, FM9)', () => {
    for (const text of ['12,50', '1.234', '-1', '10000000.01']) expect(numberIn(text, money), text).toBeNaN()
  })

  it('distinguishes an empty field from a wrong number, and shows its bounds', () => {
    expect([numberIn('', whole), numberIn('　', whole)]).toEqual([null, null])
    expect(wanted(whole)).toBe('请填 1 到 1,000,000,000 的整数')
    expect(wanted(money)).toBe('请填 0 到 10,000,000 的数，最多 2 位小数')
  })
})
