import { daysInARow, daysToMakeUp, makeUp, mayMakeUp } from '@pointbook/server/core/check-in/make-up'
import { checkIn } from '@pointbook/server/core/check-in/streaks'
import type { Policy } from '@pointbook/shared/contract/points/policy'
import { addDays, type Day } from '@pointbook/shared/day'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aPolicy } from '../../support/policies.ts'

const policyWith = (checkIn: Partial<Policy['checkIn']> = {}) =>
  aPolicy({
    checkIn: { ...aPolicy().checkIn, makeUp: { price: 20, daysBack: 7, perMonth: 3 }, ...checkIn },
  })

/** Days from 1 March, `x` for each that was checked in. */
const daysOf = (marks: string, first: Day = '2026-03-01'): Set<Day> =>
  new Set([...marks].flatMap((mark, index) => (mark === 'x' ? [addDays(first, index)] : [])))

const policy = policyWith()

/** What plain check-ins of these days pay in extras. */
function extrasPaid(of: Policy, days: ReadonlySet<Day>): number {
  return [...days].sort().reduce((sum, on) => {
    const before = daysInARow(days, addDays(on, -1))
    const { why } = checkIn(of, { memberId: 1, days: before, lastOn: addDays(on, -1) }, on)
    return sum + why.reduce((points, one) => points + (one.rule === '@streak' ? one.points : 0), 0)
  }, 0)
}

describe('making up for a missed day', () => {
  it('repairs the streak and pays the day by its place in it (B10, B24)', () => {
    const growing = policyWith({ scheme: { type: 'growing', from: 5, step: 1, most: 15 }, extras: [], cycleDays: 0 })
    expect(makeUp(growing, daysOf('xxxx.xx'), '2026-03-05')).toMatchObject({
      points: 9,
      days: 7,
      lastOn: '2026-03-07',
    })
    expect(makeUp(growing, daysOf('xxxx.xx'), '2026-03-08')).toMatchObject({ points: 7, days: 3 })
  })

  it('pays an extra that the repaired streak reaches, with the reason', () => {
    expect(makeUp(policy, daysOf('x.x'), '2026-03-02')).toEqual({
      points: 5 + 5,
      days: 3,
      lastOn: '2026-03-03',
      why: [
        { rule: '@check-in', points: 5, because: { type: 'fixed' } },
        { rule: '@streak', points: 5, because: { type: 'streak-repaired', days: 3, due: 5, paid: 0 } },
      ],
    })
  })

  it('pays no extra a second time', () => {
    const { points, why } = makeUp(policy, daysOf('x.xxx'), '2026-03-02')
    expect(points).toBe(5)
    expect(why[1]).toEqual({
      rule: '@streak',
      points: 0,
      because: { type: 'streak-repaired', days: 5, due: 5, paid: 5 },
    })
    // Three days on either side have been paid 5 each; seven days in a row come to 15 in all.
    expect(makeUp(policy, daysOf('xxx.xxx'), '2026-03-04').points).toBe(5 + 5)
  })

  it('does not list bonuses that stay equally far away', () => {
    expect(makeUp(policy, daysOf('xxx'), '2026-03-04').why).toHaveLength(1)
  })

  it('corrects the extras as if the day had not been missed, unless more was paid already', () => {
    const marks = fc.array(fc.constantFrom('x', '.'), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(marks, fc.nat(), fc.constantFrom(0, 7, 30), (list, place, cycleDays) => {
        const of = policyWith({ cycleDays })
        const days = daysOf(list.join(''))
        const on = addDays('2026-03-01', place % list.length)
        fc.pre(!days.has(on))
        const given = makeUp(of, days, on).why.reduce((sum, one) => sum + (one.rule === '@streak' ? one.points : 0), 0)
        const before = extrasPaid(of, days)
        expect(before + given).toBe(Math.max(before, extrasPaid(of, new Set([...days, on]))))
      }),
    )
  })
})

describe('days that a member may make up for', () => {
  const today = '2026-03-10'

  it('are the missed days of the last days since joining, and never today', () => {
    const done = daysOf('xxxxx.x')
    expect(daysToMakeUp(policy, done, today, '2026-01-01')).toEqual(['2026-03-06', '2026-03-08', '2026-03-09'])
    expect(daysToMakeUp(policy, done, today, '2026-03-08')).toEqual(['2026-03-08', '2026-03-09'])
    expect(daysToMakeUp(policyWith({ makeUp: null }), done, today, '2026-01-01')).toEqual([])
  })

  it('reach back as far as the policy says, over a leap day too', () => {
    const may = (on: Day, at: Day) => mayMakeUp(policy, new Set(), { on, today: at, joinedOn: '2020-01-01' })
    expect([may('2026-03-03', today), may('2026-03-02', today), may(today, today)]).toEqual([true, false, false])
    expect([may('2028-02-24', '2028-03-02'), may('2028-02-23', '2028-03-01')]).toEqual([true, true])
    expect(may('2028-02-23', '2028-03-02')).toBe(false)
  })
})
