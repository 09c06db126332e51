import type { Lot } from '@pointbook/server/core/assets/posting'
import { asOpened, redate } from '@pointbook/server/core/assets/redate'
import { extended } from '@pointbook/server/core/ledger/extension'
import { credit, emptyAccount, type Posting } from '@pointbook/server/core/ledger/points'
import type { Trigger } from '@pointbook/shared/contract/points/earning-rule'
import type { Extension } from '@pointbook/shared/contract/points/policy'
import { addDays, addMonths } from '@pointbook/shared/day'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aPolicy, living } from '../../support/policies.ts'

const aLot = (expiresOn: string | null, changes: Partial<Lot> = {}): Lot => ({
  memberId: 1,
  seq: 1,
  amount: 100,
  remaining: 100,
  expired: 0,
  usableOn: '2026-01-01',
  expiresOn,
  ...changes,
})

const lastDays = (extension: Extension, lots: Lot[], today: string, trigger: 'purchase' | 'check-in' = 'purchase') => {
  const policy = aPolicy({ expiry: { ...living({ type: 'months', months: 12 }), extension } })
  return extended(policy, lots, trigger, today).map(({ lot, expiresOn }) => [lot.seq, expiresOn])
}

describe('activity in the last months (C4)', () => {
  const extension: Extension = { type: 'activity', by: ['purchase'], withinMonths: 3, addMonths: 6 }

  it('within the 3 months before the end adds 6 months', () => {
    expect(lastDays(extension, [aLot('2026-06-30')], '2026-03-30')).toEqual([[1, '2026-12-30']])
    expect(lastDays(extension, [aLot('2026-06-30')], '2026-06-30')).toEqual([[1, '2026-12-30']])
  })

  it('earlier, or after the end, changes nothing', () => {
    expect(lastDays(extension, [aLot('2026-06-30')], '2026-03-29')).toEqual([])
    expect(lastDays(extension, [aLot('2026-06-30')], '2026-07-01')).toEqual([])
  })

  it('does not change lots that never expire or are spent', () => {
    expect(lastDays(extension, [aLot(null), aLot('2026-06-30', { remaining: 0 })], '2026-06-01')).toEqual([])
  })

  it('counts only of the kinds the policy names', () => {
    expect(lastDays(extension, [aLot('2026-06-30')], '2026-06-01', 'check-in')).toEqual([])
  })

  it('keeps to month ends: three months before 31 May is 28 February', () => {
    expect(lastDays(extension, [aLot('2026-05-31')], '2026-02-28')).toEqual([[1, '2026-11-30']])
    expect(lastDays(extension, [aLot('2026-05-31')], '2026-02-27')).toEqual([])
  })
})

describe('renewal by a new stay (C5)', () => {
  const extension: Extension = { type: 'renewal', by: ['purchase'], months: 12 }

  it('moves everything still valid to one year after it', () => {
    const lots = [aLot('2026-06-30'), aLot('2026-09-30', { seq: 2 })]
    expect(lastDays(extension, lots, '2026-06-30')).toEqual([
      [1, '2027-06-30'],
      [2, '2027-06-30'],
    ])
  })

  it('never brings an end nearer', () => {
    expect(lastDays(extension, [aLot('2028-01-01')], '2026-06-30')).toEqual([])
  })

  it('does not bring back points that have ended', () => {
    expect(lastDays(extension, [aLot('2026-06-29')], '2026-06-30')).toEqual([])
  })
})

const days = fc.integer({ min: 0, max: 1_500 }).map((count) => addDays('2026-01-01', count))
const extensions: fc.Arbitrary<Extension> = fc.oneof(
  fc.record({
    type: fc.constant('activity' as const),
    by: fc.constant<Trigger[]>(['purchase']),
    withinMonths: fc.integer({ min: 1, max: 12 }),
    addMonths: fc.integer({ min: 1, max: 12 }),
  }),
  fc.record({
    type: fc.constant('renewal' as const),
    by: fc.constant<Trigger[]>(['purchase']),
    months: fc.integer({ min: 1, max: 24 }),
  }),
)

it('only ever moves an end later, and only of points that have not ended', () => {
  fc.assert(
    fc.property(extensions, days, days, (extension, last, today) => {
      for (const [, later] of lastDays(extension, [aLot(last)], today)) {
        expect(last >= today).toBe(true)
        expect(later! > last).toBe(true)
      }
    }),
  )
})

it('stores the dates with which a lot was opened, however often they are moved', () => {
  const header = {
    cause: 'extension',
    ref: '',
    actor: 'system',
    at: '2026-01-01T00:00:00.000Z',
    policyVersion: 1,
  } as const
  fc.assert(
    fc.property(fc.array(days, { minLength: 1, maxLength: 8 }), (ends) => {
      const gift = {
        kind: 'earn',
        points: 10,
        why: [],
        usableOn: '2026-01-01',
        expiresOn: '2026-12-31',
        month: '2026-01',
      } as const
      let posting: Posting = credit(emptyAccount(1), header, { ...gift, why: [] })
      const [opened] = posting.lots
      const redates = ends.flatMap((expiresOn) => {
        const next = redate(posting.account, header, [{ lot: posting.lots[0]!, expiresOn }], [])
        posting = next ?? posting
        return next?.redates ?? []
      })
      expect(asOpened(posting.lots[0]!, redates.toReversed())).toEqual(opened)
      expect(posting.account.balance).toBe(10)
    }),
  )
})

it('adds whole months for an extension', () => {
  expect(addMonths('2026-06-30', 6)).toBe('2026-12-30')
})
