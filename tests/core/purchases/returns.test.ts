import { allocate } from '@pointbook/server/core/earning/allocate'
import { pointsDue, type SoldLine, takeBack, wrongAmount } from '@pointbook/server/core/purchases/returns'
import fc from 'fast-check'
import { expect, it } from 'vitest'

const line = (points: number, amountFen: number, quantity = 1): SoldLine => ({
  name: '商品',
  quantity,
  amountFen,
  points,
  returnedQuantity: 0,
  returnedFen: 0,
})

const aLine = fc
  .record({ points: fc.nat(500), amountFen: fc.nat(100_000), quantity: fc.integer({ min: 1, max: 9 }) })
  .map(({ points, amountFen, quantity }) => line(points, amountFen, quantity))

it('takes back exactly the points given, over all returns in any order and any parts', () => {
  fc.assert(
    fc.property(
      fc.array(aLine, { minLength: 1, maxLength: 6 }),
      fc.array(fc.nat(1_000_000), { minLength: 30, maxLength: 30 }),
      (sold, picks) => {
        let lines: SoldLine[] = sold
        let taken = 0
        for (const pick of picks) {
          const at = pick % lines.length
          const { quantity, returnedQuantity, amountFen, returnedFen } = lines[at]!
          const part = {
            line: at,
            quantity: Math.min(1, quantity - returnedQuantity),
            amountFen: pick % (amountFen - returnedFen + 1),
          }
          lines = takeBack(lines, [part])!
          const due = pointsDue(lines)
          expect(due).toBeGreaterThanOrEqual(taken)
          taken = due
        }
        const rest = lines.map(({ quantity, returnedQuantity, amountFen, returnedFen }, at) => ({
          line: at,
          quantity: quantity - returnedQuantity,
          amountFen: amountFen - returnedFen,
        }))
        expect(pointsDue(takeBack(lines, rest)!)).toBe(sold.reduce((sum, { points }) => sum + points, 0))
      },
    ),
  )
})

it('refuses more than is left of a line, a line that is not there, and a line named twice', () => {
  const lines = [line(10, 1000, 2)]
  expect(takeBack(lines, [{ line: 0, quantity: 3, amountFen: 0 }])).toBeNull()
  expect(takeBack(lines, [{ line: 0, quantity: 1, amountFen: 1001 }])).toBeNull()
  expect(takeBack(lines, [{ line: 1, quantity: 1, amountFen: 0 }])).toBeNull()
  expect(
    takeBack(lines, [
      { line: 0, quantity: 1, amountFen: 1 },
      { line: 0, quantity: 1, amountFen: 1 },
    ]),
  ).toBeNull()
})

it('takes back points of a free line by its quantity', () => {
  expect(pointsDue(takeBack([line(30, 0, 3)], [{ line: 0, quantity: 1, amountFen: 0 }])!)).toBe(10)
})

it('splits points over lines so that the parts sum to the whole and none is off by a point', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.array(fc.nat(5_000), { minLength: 1, maxLength: 20 }), (points, weights) => {
      const parts = allocate(points, weights)
      const sum = weights.reduce((a, b) => a + b, 0)
      expect(parts.reduce((a, b) => a + b, 0)).toBe(points)
      for (const [index, part] of parts.entries()) {
        if (sum > 0) expect(Math.abs(part - (points * weights[index]!) / sum)).toBeLessThan(1)
      }
    }),
  )
})

it('requires the cost of the pieces, rounded up or down, and for the last pieces the whole rest (FN13)', () => {
  const lines = [line(10, 1000, 3)]
  const returning = (quantity: number, amountFen: number, of = lines) =>
    wrongAmount(of, [{ line: 0, quantity, amountFen }])
  expect([333, 334].map((fen) => returning(1, fen))).toEqual([null, null])
  for (const fen of [0, 332, 335, 1000]) expect(returning(1, fen)).toEqual({ name: '商品', quantity: 1, costFen: 333 })
  expect(returning(3, 1000)).toBeNull()
  expect(returning(3, 0)).toEqual({ name: '商品', quantity: 3, costFen: 1000 })
  expect(returning(0, 250), 'a lower price afterwards').toBeNull()
  const cheaper = takeBack(lines, [{ line: 0, quantity: 0, amountFen: 400 }])!
  expect([returning(3, 600, cheaper), returning(3, 1000, cheaper)]).toEqual([
    null,
    { name: '商品', quantity: 3, costFen: 600 },
  ])
  expect(returning(2, 0, [line(10, 0, 2)]), 'a free line').toBeNull()
})

it('splits the largest points over the largest amounts exactly (FN6)', () => {
  const large = fc.integer({ min: 1_000_000_00, max: 10_000_000_00 })
  fc.assert(
    fc.property(fc.nat(1_000_000_000), fc.array(large, { minLength: 2, maxLength: 20 }), (points, weights) => {
      const parts = allocate(points, weights)
      const all = weights.reduce((a, b) => a + b, 0)
      expect(parts.reduce((a, b) => a + b, 0)).toBe(points)
      for (const [index, part] of parts.entries()) {
        const exact = Number((BigInt(points) * BigInt(weights[index]!)) / BigInt(all))
        expect([0, 1]).toContain(part - exact)
      }
    }),
  )
})
