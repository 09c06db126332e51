import { lastUsableDay } from '@pointbook/server/core/ledger/expiry'
import type { Life } from '@pointbook/shared/contract/points/policy'
import { expect, it } from 'vitest'
import { aPolicy, living } from '../../support/policies.ts'

const lastDay = (life: Life, on: string) => lastUsableDay(aPolicy({ expiry: living(life) }), on, 'purchase')

it('never ends points that never expire (C3)', () => {
  expect(lastDay({ type: 'never' }, '2026-03-02')).toBeNull()
})

it('ends points a year after earning, on the same day (C1)', () => {
  expect(lastDay({ type: 'months', months: 12 }, '2026-03-02')).toBe('2027-03-02')
  expect(lastDay({ type: 'days', days: 365 }, '2026-03-02')).toBe('2027-03-02')
})

it('uses the last day of a month without that day, leap years included', () => {
  expect(lastDay({ type: 'months', months: 1 }, '2026-01-31')).toBe('2026-02-28')
  expect(lastDay({ type: 'months', months: 1 }, '2028-01-31')).toBe('2028-02-29')
  expect(lastDay({ type: 'months', months: 12 }, '2028-02-29')).toBe('2029-02-28')
})

it('counts from the month, not the day, to the end of a month (C2)', () => {
  expect(lastDay({ type: 'month-end', months: 12 }, '2026-03-02')).toBe('2027-03-31')
  expect(lastDay({ type: 'month-end', months: 12 }, '2026-03-31')).toBe('2027-03-31')
  expect(lastDay({ type: 'month-end', months: 0 }, '2028-02-01')).toBe('2028-02-29')
})

it('ends with the year', () => {
  expect(lastDay({ type: 'year-end', years: 0, graceMonths: 0 }, '2026-12-31')).toBe('2026-12-31')
  expect(lastDay({ type: 'year-end', years: 1, graceMonths: 0 }, '2026-01-01')).toBe('2027-12-31')
})
