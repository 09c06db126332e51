import { addDays, dayOf, startOf } from '@pointbook/shared/day'
import { worthFen } from '@pointbook/shared/worth'
import { noFlows } from '../../../core/assets/flows.ts'
import { sum } from '../../../core/earning/allocate.ts'
import { worthOfEach } from '../../../core/ledger/worth.ts'
import type { Server } from '../../../server.ts'
import { entryTitle } from '../../points/ledger/words.ts'
import { policyInForce } from '../../points/policy/store.ts'
import {
  countActive,
  countListed,
  countMembers,
  countWaitingOrders,
  readLatest,
  readLiability,
  readLowStock,
  readMovements,
  readNewMembers,
} from './figures.ts'

const DAYS = 30
const LATEST = 10
const LOWEST = 8

/** The programme at a glance: today and the 29 days before it. */
export async function readDashboard({ db, clock, offsetMinutes }: Server) {
  const now = clock.now()
  const today = dayOf(now, offsetMinutes)
  const since = startOf(addDays(today, 1 - DAYS), offsetMinutes)
  const startOfToday = startOf(today, offsetMinutes)
  const [policy, members, active, movements, joined, liability, waitingOrders, listedItems, lowStock, latest] =
    await Promise.all([
      policyInForce(db, now),
      countMembers(db),
      countActive(db, startOfToday),
      readMovements(db, since, offsetMinutes),
      readNewMembers(db, since, offsetMinutes),
      readLiability(db, today),
      countWaitingOrders(db),
      countListed(db),
      readLowStock(db, LOWEST),
      readLatest(db, LATEST),
    ])
  const { pointsPerYuan } = policy.document
  const outstanding = sum(liability.map(({ points }) => points))
  const fen = worthOfEach(
    liability.map(({ points }) => points),
    pointsPerYuan,
  )
  const joinedOn = new Map(joined.map((row) => [row.on, row.joined]))
  const days = Array.from({ length: DAYS }, (_, index) => addDays(today, index + 1 - DAYS))
  return {
    members,
    newToday: joinedOn.get(today) ?? 0,
    activeToday: active,
    pointsToday: movements.get(today) ?? noFlows,
    outstanding,
    outstandingFen: worthFen(outstanding, pointsPerYuan),
    days: days.map((on) => ({ on, ...(movements.get(on) ?? noFlows), newMembers: joinedOn.get(on) ?? 0 })),
    liability: liability.map((row, index) => ({ ...row, fen: fen[index]! })),
    waitingOrders,
    listedItems,
    lowStock,
    latest: latest.map(({ cause, ref, ...entry }) => ({ ...entry, title: entryTitle(cause, ref) })),
  }
}
