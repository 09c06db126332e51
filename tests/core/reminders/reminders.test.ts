import type { Lot } from '@pointbook/server/core/assets/posting'
import { bestTreat, isReminderHour, remindersDue } from '@pointbook/server/core/reminders/reminders'
import { expect, it } from 'vitest'
import { aPolicy } from '../../support/policies.ts'

const { reminder } = aPolicy()
const today = '2026-03-02'

const aLot = (expiresOn: string | null, remaining = 10, more: Partial<Lot> = {}): Lot => ({
  memberId: 1,
  seq: 1,
  amount: remaining,
  remaining,
  expired: 0,
  usableOn: '2025-03-09',
  expiresOn,
  ...more,
})

const due = (...lots: Lot[]) => remindersDue(reminder, lots, today)

it('reminds from one week before the last usable day up to and with that day', () => {
  expect(due(aLot('2026-03-09'))).toEqual([{ memberId: 1, on: '2026-03-09', points: 10 }])
  expect(due(aLot('2026-03-02'))).toHaveLength(1)
  expect(due(aLot('2026-03-10'))).toEqual([])
  expect(due(aLot('2026-03-01'))).toEqual([])
  expect(due(aLot(null))).toEqual([])
})

it('adds up what ends on one day, and keeps days and members apart', () => {
  const lots = [
    aLot('2026-03-09', 6),
    aLot('2026-03-09', 4),
    aLot('2026-03-08', 10),
    aLot('2026-03-09', 12, { memberId: 2 }),
  ]
  expect(due(...lots)).toEqual([
    { memberId: 1, on: '2026-03-09', points: 10 },
    { memberId: 1, on: '2026-03-08', points: 10 },
    { memberId: 2, on: '2026-03-09', points: 12 },
  ])
})

it('sends nothing below the minimum of points, and never about zero points', () => {
  expect(due(aLot('2026-03-09', 9))).toEqual([])
  expect(remindersDue({ ...reminder, minimumPoints: 0 }, [aLot('2026-03-09', 0)], today)).toEqual([])
  expect(remindersDue({ ...reminder, minimumPoints: 0 }, [aLot('2026-03-09', 1)], today)).toHaveLength(1)
})

it('sends nothing when reminders are switched off, and nothing about points that cannot be used before they end', () => {
  expect(remindersDue({ ...reminder, enabled: false }, [aLot('2026-03-09')], today)).toEqual([])
  expect(due(aLot('2026-03-09', 10, { usableOn: '2026-03-10' }))).toEqual([])
})

it('goes out from the first hour until before the last', () => {
  const hours = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => isReminderHour(reminder, hour))
  expect([hours[0], hours.at(-1), hours.length]).toEqual([9, 20, 12])
})

it('suggests the most chosen item among those that the points can buy', () => {
  const treats = [
    { name: '拿铁', points: 100, redeemed: 9 },
    { name: '杯子', points: 300, redeemed: 50 },
    { name: '曲奇', points: 80, redeemed: 9 },
  ]
  expect(bestTreat(treats, 299)?.name).toBe('拿铁')
  expect(bestTreat(treats, 300)?.name).toBe('杯子')
  expect(bestTreat(treats, 99)?.name).toBe('曲奇')
  expect(bestTreat(treats, 79)).toBeNull()
})
