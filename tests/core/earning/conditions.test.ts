import { birthdayIn } from '@pointbook/server/core/earning/conditions'
import { earn } from '@pointbook/server/core/earning/earning'
import type { EarningEvent, Who } from '@pointbook/server/core/earning/event'
import type { Condition } from '@pointbook/shared/contract/points/earning-rule'
import { describe, expect, it } from 'vitest'
import { aPurchase, withRules } from '../../support/earning.ts'
import { aRule } from '../../support/policies.ts'

/** 'yes', or the reason in one word. */
function applies(condition: Condition, who: Partial<Who> = {}, changes: Partial<EarningEvent> = {}): string {
  const rule = aRule({ gift: { type: 'fixed', points: 1 }, conditions: [condition] })
  const { points, why } = earn(withRules(rule), aPurchase([10_000], who, changes))
  return points === 1 ? 'yes' : why[0]!.because.type
}

const on = (day: string, minute = 600) => ({ on: day, minute })

it.each<[string, Condition, Partial<Who>, Partial<EarningEvent>, string]>([
  ['the third purchase is the third (B2)', { type: 'nth-purchase', n: 3, every: false }, { purchases: 2 }, {}, 'yes'],
  ['the third is not the sixth', { type: 'nth-purchase', n: 3, every: false }, { purchases: 5 }, {}, 'other-purchase'],
  ['every third is the sixth too (B19)', { type: 'nth-purchase', n: 3, every: true }, { purchases: 5 }, {}, 'yes'],
  ['a member of the group (A7)', { type: 'tag', tags: ['美妆', '数码'] }, { tags: ['数码'] }, {}, 'yes'],
  ['a member of no such group', { type: 'tag', tags: ['美妆'] }, { tags: ['数码'] }, {}, 'other-group'],
  ['the mini-program (B17)', { type: 'channel', channels: ['mini-program'] }, {}, { channel: 'mini-program' }, 'yes'],
  ['the store instead', { type: 'channel', channels: ['mini-program'] }, {}, { channel: 'store' }, 'other-channel'],
  ['the bank card (B28)', { type: 'payment', methods: ['card'] }, {}, { payment: 'card' }, 'yes'],
  ['nobody knows how it was paid', { type: 'payment', methods: ['card'] }, {}, { payment: null }, 'other-payment'],
  ['the 8th of the month, a members’ day (B27)', { type: 'month-day', days: [8, 18] }, {}, on('2026-03-18'), 'yes'],
  ['the 9th', { type: 'month-day', days: [8, 18] }, {}, on('2026-03-09'), 'other-month-day'],
  ['the 31st in a month of 30 days', { type: 'month-day', days: [31] }, {}, on('2026-04-30'), 'other-month-day'],
  ['11 November (B5)', { type: 'dates', from: '2026-11-11', until: '2026-11-11' }, {}, on('2026-11-11'), 'yes'],
  ['the day before', { type: 'dates', from: '2026-11-11', until: '2026-11-11' }, {}, on('2026-11-10'), 'not-yet'],
  ['the day after', { type: 'dates', from: '2026-11-11', until: '2026-11-11' }, {}, on('2026-11-12'), 'over'],
  ['a member for 30 days', { type: 'member-for', days: 30 }, { joinedOn: '2026-01-31' }, on('2026-03-02'), 'yes'],
  ['a day less', { type: 'member-for', days: 31 }, { joinedOn: '2026-01-31' }, on('2026-03-02'), 'member-too-new'],
])('%s', (_, condition, who, changes, expected) => {
  expect(applies(condition, who, changes)).toBe(expected)
})

describe('hours', () => {
  const at = (fromMinute: number, untilMinute: number, minute: number) =>
    applies({ type: 'hours', fromMinute, untilMinute }, {}, on('2026-03-02', minute))

  it('begin with their first minute and end before their last', () => {
    expect([13 * 60 + 59, 14 * 60, 16 * 60 + 59, 17 * 60].map((minute) => at(14 * 60, 17 * 60, minute))).toEqual([
      'other-hours',
      'yes',
      'yes',
      'other-hours',
    ])
  })

  it('may cross midnight', () => {
    expect([21 * 60, 23 * 60, 0, 119, 120].map((minute) => at(22 * 60, 2 * 60, minute))).toEqual([
      'other-hours',
      'yes',
      'yes',
      'yes',
      'other-hours',
    ])
  })

  it('may last all day', () => {
    expect([0, 1_439].map((minute) => at(0, 1_440, minute))).toEqual(['yes', 'yes'])
  })
})

describe('a birthday (B13, B27)', () => {
  const near = (within: 'day' | 'week' | 'month', birthday: string, day: string) =>
    applies({ type: 'birthday', within }, { birthday }, on(day))

  it('is one day, seven days around it, or its month', () => {
    expect(near('day', '1990-03-05', '2026-03-05')).toBe('yes')
    expect(near('day', '1990-03-05', '2026-03-06')).toBe('not-birthday')
    expect([2, 3, 5, 8, 9].map((day) => near('week', '1990-03-05', `2026-03-0${day}`))).toEqual([
      'yes',
      'yes',
      'yes',
      'yes',
      'not-birthday',
    ])
    expect(near('week', '1990-03-05', '2026-03-01')).toBe('not-birthday')
    expect(near('month', '1990-03-31', '2026-03-01')).toBe('yes')
    expect(near('month', '1990-03-31', '2026-04-01')).toBe('not-birthday')
  })

  it('on 29 February is on 28 February in other years', () => {
    expect(birthdayIn('2026', '2000-02-29')).toBe('2026-02-28')
    expect(birthdayIn('2028', '2000-02-29')).toBe('2028-02-29')
    expect(near('day', '2000-02-29', '2026-02-28')).toBe('yes')
    expect(near('day', '2000-02-29', '2028-02-28')).toBe('not-birthday')
  })

  it('has a week that crosses the end of the year', () => {
    expect(near('week', '1990-01-02', '2026-12-30')).toBe('yes')
    expect(near('week', '1990-12-31', '2027-01-03')).toBe('yes')
  })

  it('never holds for a member without a birthday', () => {
    expect(applies({ type: 'birthday', within: 'month' }, { birthday: null })).toBe('not-birthday')
  })
})

describe('conditions joined', () => {
  const gold: Condition = { type: 'tier', tierIds: ['gold'] }
  const weekend: Condition = { type: 'weekday', days: [6, 7] }
  const large: Condition = { type: 'amount-at-least', amountFen: 50_000 }

  it('by any hold when one of them holds', () => {
    const either: Condition = { type: 'any', of: [gold, weekend] }
    expect(applies(either, { tierId: 'gold' })).toBe('yes')
    expect(applies(either, {}, on('2026-03-07'))).toBe('yes')
    expect(applies(either)).toBe('none-of-these')
  })

  it('by all hold when each of them holds', () => {
    const both: Condition = { type: 'all', of: [gold, weekend] }
    expect(applies(both, { tierId: 'gold' }, on('2026-03-07'))).toBe('yes')
    expect(applies(both, { tierId: 'gold' })).toBe('other-weekday')
  })

  it('by not hold when the condition does not hold', () => {
    expect(applies({ type: 'not', of: gold })).toBe('yes')
    expect(applies({ type: 'not', of: gold }, { tierId: 'gold' })).toBe('excluded')
  })

  it('may be nested', () => {
    const nested: Condition = {
      type: 'any',
      of: [
        { type: 'all', of: [gold, weekend] },
        { type: 'not', of: large },
      ],
    }
    expect(applies(nested)).toBe('yes')
    expect(applies(nested, { tierId: 'gold' }, on('2026-03-07'))).toBe('yes')
    const neither: Condition = { type: 'not', of: { type: 'any', of: [gold, weekend] } }
    expect(applies(neither)).toBe('yes')
    expect(applies(neither, { tierId: 'gold' })).toBe('excluded')
  })
})
