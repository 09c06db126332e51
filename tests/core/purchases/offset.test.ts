import { giveBack, spend } from '@pointbook/server/core/assets/changes'
import type { Draw, Lot } from '@pointbook/server/core/assets/posting'
import { emptyAccount } from '@pointbook/server/core/ledger/points'
import { backBy, mostFor, offsetFault, sliceOf } from '@pointbook/server/core/purchases/offset'
import { addDays } from '@pointbook/shared/day'
import { mostOffset, offsetFen } from '@pointbook/shared/offset'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/** 100 points for one yuan, from 500 points on, by hundreds, at most half of the order (D7). */
const half = { pointsPerYuan: 100, minimumPoints: 500, stepPoints: 100, maximumShareBp: 5_000 }

describe('the most that can be paid with points', () => {
  it.each([
    ['half of the order, so that the cash is at least as much as the offset (D7)', 100_00, 8_000, 5_000, 50_00],
    ['no more than there are', 100_00, 1_250, 1_200, 12_00],
    ['whole steps only', 33_33, 8_000, 1_600, 16_00],
    ['nothing below the minimum', 9_00, 8_000, 0, 0],
    ['nothing for a member who has too few', 100_00, 499, 0, 0],
  ])('%s', (_, amountFen, has, points, fen) => {
    expect(mostOffset(half, amountFen, has)).toEqual({ points, fen })
  })

  it('never exceeds the share, the points or the step, for any numbers', () => {
    const offset = fc.record({
      pointsPerYuan: fc.integer({ min: 1, max: 10_000 }),
      minimumPoints: fc.integer({ min: 0, max: 10_000 }),
      stepPoints: fc.integer({ min: 1, max: 1_000 }),
      maximumShareBp: fc.integer({ min: 1, max: 10_000 }),
    })
    const amount = fc.integer({ min: 0, max: 10_000_00 })
    const balances = fc.integer({ min: 0, max: 1_000_000 })
    fc.assert(
      fc.property(offset, amount, balances, (terms, amountFen, has) => {
        const { points, fen } = mostOffset(terms, amountFen, has)
        expect(fen * 10_000).toBeLessThanOrEqual(amountFen * terms.maximumShareBp)
        expect(points).toBeLessThanOrEqual(has)
        expect(points % terms.stepPoints).toBe(0)
        expect(points === 0 || points >= terms.minimumPoints).toBe(true)
      }),
    )
  })
})

describe('the offered maximum', () => {
  const rates = fc.record({
    pointsPerYuan: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 1_000_000 })),
    minimumPoints: fc.nat(50),
    stepPoints: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 1_000_000 })),
    maximumShareBp: fc.oneof(fc.constant(10_000), fc.integer({ min: 1, max: 10_000 })),
  })

  it('of 100.33 yuan at 3 points a yuan is 301 points, which pay all of it (FN5)', () => {
    const three = { pointsPerYuan: 3, minimumPoints: 0, stepPoints: 1, maximumShareBp: 10_000 }
    expect(mostFor(three, paying(100_33), 1_000)).toEqual({ points: 301, fen: 100_33 })
    expect(offsetFault(three, paying(100_33), 301, 1_000)).toBeNull()
    expect(offsetFault(three, paying(100_33), 302, 1_000)).toEqual(['offset.too-many', { most: 301 }])
  })

  it('is accepted, one step more is not, and no fewer points pay as much, at every rate (FN5)', () => {
    fc.assert(
      fc.property(
        rates,
        fc.integer({ min: 0, max: 21_474_836_47 }),
        fc.nat(50_000),
        fc.nat(50_000),
        fc.oneof(fc.nat(100_000), fc.nat(1_000_000_000)),
        (rate, fen, coupon, stored, has) => {
          const terms = { ...rate, minimumPoints: rate.minimumPoints - (rate.minimumPoints % rate.stepPoints) }
          const payable = paying(fen, coupon, stored)
          const most = mostFor(terms, payable, has)
          const step = terms.stepPoints
          const fault = (points: number) => offsetFault(terms, payable, points, has)
          if (most.points > 0) expect(fault(most.points)).toBeNull()
          expect(most.fen).toBe(offsetFen(terms, most.points))
          expect(fault(Math.max(most.points + step, terms.minimumPoints))).not.toBeNull()
          const fewer = most.points - step
          if (fewer >= terms.minimumPoints && fewer > 0) expect(offsetFen(terms, fewer)).toBeLessThan(most.fen)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('pays as much as any number of points that the terms allow (FN5)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 10_000 }),
        fc.nat(3_000),
        fc.nat(1_000),
        (pointsPerYuan, stepPoints, maximumShareBp, fen, has) => {
          const terms = { pointsPerYuan, stepPoints, maximumShareBp, minimumPoints: 0 }
          const allowed = Array.from({ length: Math.floor(has / stepPoints) + 1 }, (_, steps) => steps * stepPoints)
            .map((points) => offsetFen(terms, points))
            .filter((worth) => worth * 10_000 <= fen * maximumShareBp)
          expect(mostFor(terms, paying(fen), has).fen).toBe(Math.max(...allowed))
        },
      ),
    )
  })
})

const paying = (amountFen: number, couponFen = 0, storedValueFen = 0) => ({ amountFen, couponFen, storedValueFen })

describe('the points that may pay for a purchase', () => {
  it.each([
    ['half of what is left when a coupon has paid its part', paying(100_00, 20_00), 4_000],
    ['no more than stored value leaves to pay', paying(100_00, 0, 70_00), 3_000],
    ['nothing where a coupon paid it all', paying(100_00, 120_00), 0],
  ])('is %s', (_, payable, points) => {
    expect(mostFor(half, payable, 8_000).points).toBe(points)
  })

  it.each([
    ['closed', null, 500, 8_000, ['offset.closed']],
    ['below the minimum', half, 499, 8_000, ['offset.too-few', { least: 500 }]],
    ['the minimum', half, 500, 8_000, null],
    ['between two steps', half, 1_050, 8_000, ['offset.step', { step: 100 }]],
    ['all that the order takes', half, 5_000, 8_000, null],
    ['a step more', half, 5_100, 8_000, ['offset.too-many', { most: 5_000 }]],
    ['all that the member has', half, 1_200, 1_200, null],
    ['more than the member has', half, 1_200, 1_199, ['points.short', { missing: 1, usable: 1_199 }]],
  ])('%s', (_, offset, wanted, usable, fault) => {
    expect(offsetFault(offset, paying(100_00), wanted, usable)).toEqual(fault)
  })

  it('refuses every step beyond the maximum, and none up to it', () => {
    fc.assert(
      fc.property(
        fc.nat(200_00),
        fc.nat(50_00),
        fc.nat(30_000),
        fc.integer({ min: 5, max: 300 }),
        (fen, coupon, has, steps) => {
          const payable = paying(fen, coupon)
          const { points: most } = mostFor(half, payable, has)
          const fault = offsetFault(half, payable, steps * 100, has)
          expect(fault === null).toBe(steps * 100 <= most)
        },
      ),
    )
  })
})

/** A member with lots of these sizes, the youngest first to expire or the last. */
function aHolder(sizes: number[], youngestFirst: boolean) {
  const lots = sizes.map(
    (amount, index): Lot => ({
      memberId: 1,
      seq: index + 1,
      amount,
      remaining: amount,
      expired: 0,
      usableOn: '2026-01-01',
      expiresOn: addDays('2027-01-10', youngestFirst ? -index : index),
    }),
  )
  const balance = sizes.reduce((sum, points) => sum + points, 0)
  return { account: { ...emptyAccount(1), balance, seq: sizes.length }, lots }
}

const header = {
  cause: 'offset',
  ref: '1/A',
  actor: 'system',
  at: '2026-03-02T04:00:00.000Z',
  policyVersion: 1,
} as const

const merged = (lots: readonly Lot[], changed: readonly Lot[]) =>
  lots.map((lot) => changed.find(({ seq }) => seq === lot.seq) ?? lot)

describe('points that paid for returned goods', () => {
  const draw = (lotSeq: number, amount: number): Draw => ({ memberId: 1, entrySeq: 9, lotSeq, amount })

  it('are given back to the youngest lots first', () => {
    const draws = [draw(3, 100), draw(5, 50), draw(7, 20)]
    expect(sliceOf(draws, 0, 60)).toEqual([draw(7, 20), draw(5, 40)])
    expect(sliceOf(draws, 60, 170)).toEqual([draw(5, 10), draw(3, 100)])
    expect(sliceOf(draws, 60, 60)).toEqual([])
  })

  it('are exactly the spent points, each in its own lot, for any parts in any order', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 8 })
    const cuts = fc.array(fc.integer({ min: 0, max: 9_999 }), { maxLength: 12 })
    fc.assert(
      fc.property(
        sizes,
        fc.boolean(),
        fc.integer({ min: 1, max: 100 }),
        cuts,
        (balances, youngestFirst, share, parts) => {
          const { account: before, lots: full } = aHolder(balances, youngestFirst)
          const points = Math.ceil((before.balance * share) / 100)
          const paid = spend(before, full, '2026-03-02', header, points)!
          let account = paid.account
          let lots = merged(full, paid.lots)
          let returnedFen = 0
          for (const until of [...parts.toSorted((a, b) => a - b), 10_000]) {
            const [from, to] = [backBy(points, returnedFen, 10_000), backBy(points, until, 10_000)]
            const draws = sliceOf(paid.draws, from, to)
            expect(draws.reduce((sum, one) => sum + one.amount, 0)).toBe(to - from)
            const back = giveBack(account, lots, draws, { ...header, cause: 'offset-return' })
            account = back.account
            lots = merged(lots, back.lots)
            returnedFen = until
            expect(lots.every((lot) => lot.remaining <= lot.amount)).toBe(true)
          }
          expect(lots).toEqual(full)
          expect(account).toMatchObject({ balance: before.balance, spent: 0 })
        },
      ),
    )
  })
})
