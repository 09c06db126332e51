import { combine, savedFen, suggested, type Usable } from '@pointbook/server/core/coupons/combine'
import { type Cart, savingOf } from '@pointbook/server/core/coupons/saving'
import { usableDays } from '@pointbook/server/core/coupons/validity'
import { mostWorthFen } from '@pointbook/server/core/coupons/worth'
import type { CouponSaving, CouponTerms } from '@pointbook/shared/contract/spending/coupon-terms'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'

const nothing = { categories: [], brands: [], skus: [] }
const everywhere = { storeIds: [], channels: [], weekdays: [], hours: null }

const termsOf = (saving: CouponSaving, more: Partial<CouponTerms> = {}): CouponTerms => ({
  saving,
  goods: { only: nothing, except: nothing },
  place: everywhere,
  validity: { type: 'days', after: 0, days: 30 },
  stacking: { coupons: true, pieces: 10, offset: true },
  ...more,
})

const amountOff = (offFen: number, fromFen = 0) => termsOf({ type: 'amount', offFen, fromFen })
const eighty = (mostFen: number | null = null) => termsOf({ type: 'percent', offBp: 2_000, mostFen, fromFen: 0 })

/** A cart of a Tuesday noon in store 1. */
const cartOf = (lines: Cart['lines']): Cart => ({
  lines,
  storeId: 1,
  channel: 'store',
  on: '2026-12-01',
  minute: 12 * 60,
  who: { purchases: 0, tierId: null, tags: [], birthday: null, joinedOn: null },
})

const tea = { name: '茶', category: '饮品', quantity: 2, amountFen: 40_00 }
const cake = { name: '蛋糕', category: '甜点', quantity: 1, amountFen: 35_01 }
const fee = { name: '运费', quantity: 1, amountFen: 8_00, delivery: true } as const

const amounts = ({ lines }: Cart) => lines.map(({ amountFen }) => amountFen)
const saves = (terms: CouponTerms, cart: Cart) => savingOf(terms, cart, amounts(cart))
const only = (...categories: string[]) => ({ only: { ...nothing, categories }, except: nothing })

describe('what a coupon takes off (D1, D6, D10, D12, D26)', () => {
  const cart = cartOf([tea, cake, fee])

  it('is an amount from a threshold, over the goods and not the delivery fee', () => {
    expect(saves(amountOff(10_00, 50_00), cart)).toEqual({ fen: 10_00, lineFen: [5_33, 4_67, 0] })
    expect(saves(amountOff(10_00, 75_01), cart)).toMatchObject({ fen: 10_00 })
    const reason = { type: 'amount-below', neededFen: 75_02, amountFen: 75_01 }
    expect(saves(amountOff(10_00, 75_02), cart)).toEqual({ reason })
  })

  it('is never more than the goods cost', () => {
    expect(saves(termsOf({ type: 'voucher', worthFen: 500_00 }), cart)).toEqual({
      fen: 75_01,
      lineFen: [40_00, 35_01, 0],
    })
  })

  it('is a part of the price, rounded down, up to its cap', () => {
    expect(saves(eighty(), cart)).toMatchObject({ fen: 15_00 })
    expect(saves(eighty(12_34), cart)).toMatchObject({ fen: 12_34 })
  })

  it('is one piece in its scope, the dearest, up to a price', () => {
    const any = (mostFen: number, goods = only('饮品')) =>
      termsOf({ type: 'exchange', goods: '任意饮品', mostFen }, { goods })
    expect(saves(any(30_00), cart)).toEqual({ fen: 20_00, lineFen: [20_00, 0, 0] })
    expect(saves(any(18_00), cart)).toEqual({ fen: 18_00, lineFen: [18_00, 0, 0] })
    expect(saves(any(99_00, only('饮品', '甜点')), cart)).toEqual({ fen: 35_01, lineFen: [0, 35_01, 0] })
  })

  it('is the delivery fee', () => {
    const free = termsOf({ type: 'delivery', mostFen: 10_00, fromFen: 0 }, { goods: only('饮品') })
    expect(saves(free, cart)).toEqual({ fen: 8_00, lineFen: [0, 0, 8_00] })
    expect(saves(free, cartOf([tea]))).toEqual({ reason: { type: 'nothing-in-scope' } })
    const from = (fromFen: number) => saves(termsOf({ type: 'delivery', mostFen: 10_00, fromFen }), cart)
    expect(from(75_01)).toMatchObject({ fen: 8_00 })
    expect(from(75_02)).toEqual({ reason: { type: 'amount-below', neededFen: 75_02, amountFen: 75_01 } })
  })

  it('is nothing outside its goods, stores, channels, weekdays and hours, with the reason', () => {
    expect(saves({ ...amountOff(1_00), goods: only('服务') }, cart)).toEqual({ reason: { type: 'nothing-in-scope' } })
    const at = (place: Partial<CouponTerms['place']>) =>
      saves({ ...amountOff(1_00), place: { ...everywhere, ...place } }, cart)
    expect(at({ storeIds: [1] })).toMatchObject({ fen: 1_00 })
    expect(at({ storeIds: [2] })).toEqual({ reason: { type: 'other-store' } })
    expect(at({ channels: ['delivery'] })).toEqual({ reason: { type: 'other-channel' } })
    expect(at({ weekdays: [6, 7] })).toEqual({ reason: { type: 'other-weekday', days: [6, 7] } })
    expect(at({ hours: { fromMinute: 14 * 60, untilMinute: 17 * 60 } })).toMatchObject({
      reason: { type: 'other-hours' },
    })
  })
})

const usable = (seq: number, terms: CouponTerms, until = '2026-12-31'): Usable => ({ seq, kindId: seq, until, terms })

describe('several coupons on one purchase (D6, E10)', () => {
  const cart = cartOf([{ ...tea, amountFen: 100_00 }])

  it('apply by kind, each to what those before it left', () => {
    const used = combine([usable(1, amountOff(10_00, 80_00)), usable(2, eighty())], cart)
    expect(used).toMatchObject([
      { coupon: { seq: 2 }, fen: 20_00 },
      { coupon: { seq: 1 }, fen: 10_00 },
    ])
  })

  it('are refused where one of them stands alone, is one too many, or finds too little left', () => {
    const alone = { ...amountOff(5_00), stacking: { coupons: false, pieces: 1, offset: true } }
    expect(combine([usable(1, alone), usable(2, eighty())], cart)).toMatchObject({ type: 'alone', coupon: { seq: 1 } })
    const pair = { ...amountOff(5_00), stacking: { coupons: true, pieces: 2, offset: true } }
    const same = [1, 2, 3].map((seq) => ({ ...usable(seq, pair), kindId: 7 }))
    expect(combine(same.slice(1), cart)).toHaveLength(2)
    expect(combine(same, cart)).toMatchObject({ type: 'pieces', pieces: 2 })
    const late = combine([usable(1, amountOff(10_00, 81_00)), usable(2, eighty())], cart)
    expect(late).toMatchObject({
      type: 'unsaved',
      coupon: { seq: 1 },
      reason: { type: 'amount-below', amountFen: 80_00 },
    })
  })

  it('free a whole piece each, as long as there are pieces', () => {
    const any = (seq: number) => usable(seq, termsOf({ type: 'exchange', goods: '任意', mostFen: 99_00 }))
    const twoTeas = cartOf([{ ...tea, amountFen: 40_00 }])
    expect(combine([any(1), any(2)], twoTeas)).toMatchObject([{ fen: 20_00 }, { fen: 20_00 }])
    expect(combine([any(1), any(2), any(3)], twoTeas)).toMatchObject({ type: 'unsaved', coupon: { seq: 3 } })
  })

  it('are not used up for nothing', () => {
    expect(saves(eighty(), cartOf([{ ...tea, amountFen: 4 }]))).toEqual({ reason: { type: 'nothing-in-scope' } })
  })

  it('are suggested where they save most, those first that end first', () => {
    const alone = { ...amountOff(25_00), stacking: { coupons: false, pieces: 1, offset: true } }
    const small = [usable(1, amountOff(10_00)), usable(2, eighty())]
    expect(savedFen(suggested([...small, usable(3, alone)], cart))).toBe(30_00)
    expect(suggested([usable(1, amountOff(10_00)), usable(3, alone)], cart)).toMatchObject([{ coupon: { seq: 3 } }])
    const twins = [usable(1, alone, '2027-01-31'), usable(2, alone, '2026-12-02')]
    expect(suggested(twins, cart)).toMatchObject([{ coupon: { seq: 2 } }])
    expect(suggested([usable(1, amountOff(10_00, 500_00))], cart)).toEqual([])
  })
})

const money = fc.integer({ min: 1, max: 300_00 })
const savings: fc.Arbitrary<CouponSaving> = fc.oneof(
  fc.record({ type: fc.constant('amount' as const), offFen: money, fromFen: fc.constantFrom(0, 50_00, 200_00) }),
  fc.record({
    type: fc.constant('percent' as const),
    offBp: fc.integer({ min: 1, max: 9_999 }),
    mostFen: fc.option(money),
    fromFen: fc.constant(0),
  }),
  fc.record({ type: fc.constant('voucher' as const), worthFen: money }),
  fc.record({ type: fc.constant('exchange' as const), goods: fc.constant('一件'), mostFen: money }),
  fc.record({ type: fc.constant('delivery' as const), mostFen: money, fromFen: fc.constant(0) }),
)
const carts = fc
  .array(
    fc.record({
      name: fc.constant('货'),
      category: fc.constantFrom('甲', '乙'),
      quantity: fc.integer({ min: 1, max: 5 }),
      amountFen: fc.integer({ min: 0, max: 500_00 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((lines) => cartOf([...lines, fee]))
const wallets = fc
  .array(fc.tuple(savings, fc.constantFrom(only(), only('甲'))), { maxLength: 5 })
  .map((some) => some.map(([saving, goods], at) => usable(at + 1, termsOf(saving, { goods }))))

test('lines share exactly what the coupons take off, and no line costs less than nothing', () => {
  fc.assert(
    fc.property(wallets, carts, (wallet, cart) => {
      const used = combine(wallet, cart)
      if (!Array.isArray(used)) return
      const open = amounts(cart)
      for (const { coupon, fen, lineFen } of used) {
        expect(lineFen).toHaveLength(open.length)
        expect(lineFen.reduce((sum, one) => sum + one, 0)).toBe(fen)
        expect(fen).toBeLessThanOrEqual(mostWorthFen(coupon.terms.saving) ?? Number.POSITIVE_INFINITY)
        lineFen.forEach((one, line) => {
          open[line]! -= one
        })
      }
      expect(Math.min(...open)).toBeGreaterThanOrEqual(0)
    }),
  )
})

test('a suggestion can be used as it is, and saves at least what any coupon saves alone', () => {
  fc.assert(
    fc.property(wallets, carts, (wallet, cart) => {
      const chosen = suggested(wallet, cart)
      expect(
        combine(
          chosen.map(({ coupon }) => coupon),
          cart,
        ),
      ).toEqual(chosen)
      const alone = wallet
        .map((coupon) => combine([coupon], cart))
        .map((used) => (Array.isArray(used) ? savedFen(used) : 0))
      expect(savedFen(chosen)).toBeGreaterThanOrEqual(Math.max(0, ...alone))
    }),
  )
})

test('usable days are fixed dates or counted from the grant, and over dates give none', () => {
  const dates = { type: 'dates', from: '2026-12-10', until: '2026-12-20' } as const
  expect(usableDays(dates, '2026-12-01')).toEqual({ from: '2026-12-10', until: '2026-12-20' })
  expect(usableDays(dates, '2026-12-20')).toEqual({ from: '2026-12-20', until: '2026-12-20' })
  expect(usableDays(dates, '2026-12-21')).toBeNull()
  expect(usableDays({ type: 'days', after: 0, days: 1 }, '2026-12-31')).toEqual({
    from: '2026-12-31',
    until: '2026-12-31',
  })
  expect(usableDays({ type: 'days', after: 2, days: 7 }, '2026-12-30')).toEqual({
    from: '2027-01-01',
    until: '2027-01-07',
  })
})
