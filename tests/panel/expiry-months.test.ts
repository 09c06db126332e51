import { expect, it } from 'vitest'
import { everyMonth } from '../../server/panel/src/pieces/every-month.ts'
import { barsOf } from '../../server/panel/src/pieces/expiry-months.ts'

const month = (name: string | null, points: number) => ({ month: name, points, fen: points })

it('draws every month between the first and the last, the empty ones too (FM22)', () => {
  expect(barsOf([month('2026-11', 10), month('2027-02', 5), month(null, 3)])).toEqual([
    month('2026-11', 10),
    month('2026-12', 0),
    month('2027-01', 0),
    month('2027-02', 5),
    month(null, 3),
  ])
})

it('adds up the points that end after three years (FM22)', () => {
  const bars = barsOf([month('2026-01', 1), month('2029-01', 2), month('2099-12', 4)])
  expect(bars).toHaveLength(37)
  expect(bars.at(-1)).toEqual({ month: '2029-01', points: 6, fen: 6, andLater: true })
})

it('draws nothing without points (FM22)', () => {
  expect(barsOf([])).toEqual([])
  expect(barsOf([month(null, 3)])).toEqual([month(null, 3)])
})

it('fills in the months without purchases of a back-test (FM22)', () => {
  const sums = (name: string, points: number) => ({ month: name, given: points })
  expect(everyMonth([sums('2025-12', 7), sums('2026-02', 5)], (name) => sums(name, 0))).toEqual([
    sums('2025-12', 7),
    sums('2026-01', 0),
    sums('2026-02', 5),
  ])
})
