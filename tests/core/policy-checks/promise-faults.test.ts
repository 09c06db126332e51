import { demoPolicy } from '@pointbook/config/policies/demo'
import { promiseFaults } from '@pointbook/server/core/policy-checks/promise-faults'
import type { EarningRule } from '@pointbook/shared/contract/points/earning-rule'
import type { Life, Policy, Tier } from '@pointbook/shared/contract/points/policy'
import { describe, expect, it } from 'vitest'
import { aPolicy, aRule, earningBy, living, tiersOf } from '../../support/policies.ts'

const today = '2026-06-15'

const faultsOf = (before: Policy, after: Policy) =>
  promiseFaults(before, after, today).map(({ level, path }) => `${level} ${path}`)

it('finds no broken promise in an unchanged policy, or in one that only gives more', () => {
  expect(faultsOf(demoPolicy, structuredClone<Policy>(demoPolicy))).toEqual([])
  const before = aPolicy({ expiry: living({ type: 'months', months: 6 }) })
  expect(faultsOf(before, aPolicy({ expiry: living({ type: 'never' }) }))).toEqual([])
})

describe('a life', () => {
  const lives = (before: Life, after: Life) =>
    faultsOf(aPolicy({ expiry: living(before) }), aPolicy({ expiry: living(after) }))

  it.each<[Life, Life]>([
    [{ type: 'never' }, { type: 'months', months: 120 }],
    [
      { type: 'months', months: 12 },
      { type: 'days', days: 364 },
    ],
    [
      { type: 'year-end', years: 1, graceMonths: 3 },
      { type: 'year-end', years: 1, graceMonths: 0 },
    ],
    // Longer from January to November, shorter on 31 December alone.
    [
      { type: 'days', days: 1 },
      { type: 'year-end', years: 0, graceMonths: 0 },
    ],
  ])('of %o is not shortened to %o without a warning', (before, after) => {
    expect(lives(before, after)).toEqual(['warning expiry.life'])
    expect(lives(after, after)).toEqual([])
  })

  it('is reported when it gets shorter, with an example and the note that earned points keep theirs', () => {
    const [fault] = promiseFaults(aPolicy(), aPolicy({ expiry: living({ type: 'months', months: 6 }) }), today)
    expect(fault!.text).toBe(
      '积分的有效期变短：2027年1月31日得到的，原来到 2028年1月31日，改后到 2027年7月31日。已经得到的积分日期不变，请先告知会员',
    )
  })

  it('of one source is checked by itself', () => {
    const { expiry } = aPolicy()
    const short = { sources: ['check-in' as const], life: { type: 'days', days: 30 } as const }
    const other = aPolicy({ expiry: { ...expiry, bySource: [short] } })
    expect(faultsOf(aPolicy(), other)).toEqual(['warning expiry.bySource'])
    expect(faultsOf(other, aPolicy())).toEqual([])
  })

  it('is no longer extended', () => {
    const extension: Policy['expiry']['extension'] = { type: 'renewal', by: ['purchase'], months: 12 }
    const before = aPolicy({ expiry: { ...aPolicy().expiry, extension } })
    expect(faultsOf(before, aPolicy())).toEqual(['warning expiry.extension'])
  })
})

describe('a rule with a last day', () => {
  const summer = aRule({ id: 'summer', name: '夏季双倍', until: '2026-08-31', gift: { type: 'fixed', points: 5 } })
  const having = (...rules: EarningRule[]) => aPolicy({ earning: earningBy(rules) })
  const changed = (changes: Partial<EarningRule>) => faultsOf(having(summer), having({ ...summer, ...changes }))

  it('is not ended before it without a warning', () => {
    expect(changed({ until: '2026-08-30' })).toEqual(['warning earning.rules.0.until'])
    expect(changed({ enabled: false })).toEqual(['warning earning.rules.0.enabled'])
    expect(faultsOf(having(summer), having())).toEqual(['warning earning.rules'])
  })

  it('may last longer, and is not checked once it has ended', () => {
    expect(changed({ until: null })).toEqual([])
    expect(changed({ until: '2026-09-30' })).toEqual([])
    const past = { ...summer, until: '2026-06-14' }
    expect(faultsOf(having(past), having())).toEqual([])
  })

  it('may be dropped if it was never in force', () => {
    expect(faultsOf(having({ ...summer, enabled: false }), having())).toEqual([])
  })
})

it('warns of an offset that is removed or gives less money', () => {
  const offset = { pointsPerYuan: 100, minimumPoints: 0, stepPoints: 100, maximumShareBp: 5_000 }
  const before = aPolicy({ offset })
  expect(faultsOf(before, aPolicy())).toEqual(['warning offset'])
  expect(faultsOf(before, aPolicy({ offset: { ...offset, pointsPerYuan: 200 } }))).toEqual([
    'warning offset.pointsPerYuan',
  ])
  expect(faultsOf(before, aPolicy({ offset: { ...offset, pointsPerYuan: 50 } }))).toEqual([])
})

describe('a tier', () => {
  const gold: Tier = {
    id: 'gold',
    name: '金卡',
    from: 1_000,
    multiplierBp: 15_000,
    benefits: [{ class: 'service', type: 'priority', name: '优先接待', text: '' }],
  }
  const having = (tier: Partial<Tier>, changes: Partial<Policy['tiers']> = {}) =>
    aPolicy({ tiers: tiersOf([{ ...gold, ...tier }], changes) })

  it.each<[string, Policy, string]>([
    ['asks more', having({ from: 1_001 }), 'tiers.levels.0.from'],
    ['earns more slowly', having({ multiplierBp: 12_000 }), 'tiers.levels.0.multiplierBp'],
    ['loses a benefit', having({ benefits: [] }), 'tiers.levels.0.benefits'],
    ['is gone', having({ id: 'platinum' }), 'tiers.levels'],
    ['is reached in another way', having({}, { measure: 'spend' }), 'tiers.measure'],
  ])('%s', (_, after, path) => {
    expect(faultsOf(having({}), after)).toEqual([`warning ${path}`])
  })

  it('may ask less, earn faster and change its name', () => {
    expect(faultsOf(having({}), having({ from: 900, multiplierBp: 20_000, name: '黄金' }))).toEqual([])
  })
})
