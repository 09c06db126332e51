import { mostOffset } from '@pointbook/shared/offset'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/** 100 points for one yuan, from 500 points on, by hundreds, at most half of the order: D7. */
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

  it('never exceeds the share, the points or the step, whatever the numbers', () => {
    const offset = fc.record({
      pointsPerYuan: fc.integer({ min: 1, max: 10_000 }),
      minimumPoints: fc.integer({ min: 0, max: 10_000 }),
      stepPoints: fc.integer({ min: 1, max: 1_000 }),
      maximumShareBp: fc.integer({ min: 1, max: 10_000 }),
    })
    const amount = fc.integer({ min: 0, max: 10_000_00 })
    const held = fc.integer({ min: 0, max: 1_000_000 })
    fc.assert(
      fc.property(offset, amount, held, (terms, amountFen, has) => {
        const { points, fen } = mostOffset(terms, amountFen, has)
        expect(fen * 10_000).toBeLessThanOrEqual(amountFen * terms.maximumShareBp)
        expect(points).toBeLessThanOrEqual(has)
        expect(points % terms.stepPoints).toBe(0)
        expect(points === 0 || points >= terms.minimumPoints).toBe(true)
      }),
    )
  })
})
