import { cardNo, isCardNo } from '@pointbook/server/core/members/card-no'
import fc from 'fast-check'
import { expect, it } from 'vitest'

const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 10, maxLength: 10 }).map((ten) => ten.join(''))

it('makes twelve digits that begin with a 6 and carry the Luhn digit of ISO/IEC 7812', () => {
  expect(cardNo('0000000000')).toBe('600000000007')
  expect(cardNo('1234567890')).toBe('612345678900')
  fc.assert(fc.property(digits, (ten) => isCardNo(cardNo(ten))))
})

it('detects every single wrong digit, and every swap of two neighbours except 0 and 9', () => {
  fc.assert(
    fc.property(digits, fc.integer({ min: 1, max: 11 }), fc.integer({ min: 1, max: 9 }), (ten, place, step) => {
      const card = [...cardNo(ten)]
      const other = card.map((digit, index) => (index === place ? (Number(digit) + step) % 10 : digit)).join('')
      expect(isCardNo(other)).toBe(false)
    }),
  )
  fc.assert(
    fc.property(digits, fc.integer({ min: 1, max: 10 }), (ten, place) => {
      const card = [...cardNo(ten)]
      const [a, b] = [card[place]!, card[place + 1]!]
      fc.pre(a !== b && !['09', '90'].includes(a + b))
      expect(isCardNo([...card.slice(0, place), b, a, ...card.slice(place + 2)].join(''))).toBe(false)
    }),
  )
})

it('recognises nothing else as a card number', () => {
  for (const text of ['', '800000000007', '60000000000', '6000000000070', '60000000000x'])
    expect(isCardNo(text)).toBe(false)
  expect(() => cardNo('123')).toThrow(RangeError)
})
