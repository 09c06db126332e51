import { addDays, dayOf, startOf } from '@pointbook/shared/day'
import { share } from '@pointbook/shared/money'
import type { House } from '../../outside.ts'
import { entryTitle } from '../points/words.ts'
import { policyInForce } from '../policy/store.ts'
import {
  countActive,
  countMembers,
  countWaitingOrders,
  nothingMoved,
  readLatest,
  readLiability,
  readLowStock,
  readMovements,
  readNewMembers,
  sumBalances,
} from './figures.ts'

const DAYS = 30
const LATEST = 10
const LOWEST = 8

/** The programme at a glance: today and the 29 days before it. */
export async function readDashboard({ db, clock, offsetMinutes }: House) {
  const now = clock.now()
  const today = dayOf(now, offsetMinutes)
  const since = startOf(addDays(today, 1 - DAYS), offsetMinutes)
  const startOfToday = startOf(today, offsetMinutes)
  const [policy, members, active, movements, joined, outstanding, liability, waitingOrders, lowStock, latest] =
    await Promise.all([
      policyInForce(db, now),
      countMembers(db),
      countActive(db, startOfToday),
      readMovements(db, since, offsetMinutes),
      readNewMembers(db, since, offsetMinutes),
      sumBalances(db),
      readLiability(db),
      countWaitingOrders(db),
      readLowStock(db, LOWEST),
      readLatest(db, LATEST),
    ])
  const fenOf = (points: number) => share(points, 100, policy.document.pointsPerYuan, 'nearest')
  const joinedOn = new Map(joined.map((row) => [row.on, row.joined]))
  const days = Array.from({ length: DAYS }, (_, index) => addDays(today, index + 1 - DAYS))
  return {
    members,
    newToday: joinedOn.get(today) ?? 0,
    activeToday: active,
    pointsToday: movements.get(today) ?? nothingMoved,
    outstanding,
    outstandingFen: fenOf(outstanding),
    days: days.map((on) => ({ on, ...(movements.get(on) ?? nothingMoved), newMembers: joinedOn.get(on) ?? 0 })),
    liability: liability.map((row) => ({ ...row, fen: fenOf(row.points) })),
    waitingOrders,
    lowStock,
    latest: latest.map(({ cause, ref, ...entry }) => ({ ...entry, title: entryTitle(cause, ref) })),
  }
}
