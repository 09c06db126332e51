import { parseReference } from '@pointbook/shared/references'
import { inArray } from 'drizzle-orm'
import type { Database } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { moneyOf } from '../../earning/purchases/return.ts'
import { presentDay, readHandOvers, readPurchases, readReturns } from '../../earning/till/store.ts'
import { members } from '../../members/directory/tables.ts'
import { countWaiting } from '../../spending/mall/store.ts'
import { readStaffAt } from './staff.ts'

/** Sums of what was done, counted as `GET /clerk/day` counts one clerk's. */
interface Work {
  purchases: number
  amountFen: number
  returns: number
  refundFen: number
  netFen: number
  points: number
  pickups: number
}

const nothing: Work = { purchases: 0, amountFen: 0, returns: 0, refundFen: 0, netFen: 0, points: 0, pickups: 0 }

/** One deed of the day, and who did it for whom. */
interface Deed {
  actor: string
  memberId: number
  work: Partial<Work>
}

/** A store on the present business day, as a whole and by clerk; the clerks' figures add up to the whole. */
export async function readStoreFigures(server: Server, storeId: number) {
  const { db, clock } = server
  const day = presentDay(server, storeId)
  const [purchases, returns, handOvers, waitingOrders, posts] = await Promise.all([
    readPurchases(db, day),
    readReturns(db, day),
    readHandOvers(db, day),
    countWaiting(db, storeId),
    readStaffAt(db, storeId),
  ])
  const deeds: Deed[] = [
    ...purchases.map(({ actor, memberId, points, ...receipt }) => {
      const amountFen = moneyOf(receipt)
      return { actor, memberId, work: { purchases: 1, amountFen, netFen: amountFen, points } }
    }),
    ...returns.map(({ actor, memberId, amountFen, refundFen, points }) => {
      const backFen = refundFen ?? amountFen
      return { actor, memberId, work: { returns: 1, refundFen: backFen, netFen: -backFen, points: -points } }
    }),
    ...handOvers.map(({ actor, memberId }) => ({ actor, memberId, work: { pickups: 1 } })),
  ]
  const byClerk = new Map<number | null, Work>(posts.map(({ memberId }) => [memberId, nothing]))
  for (const { actor, work } of deeds) {
    const clerkId = clerkOf(actor)
    byClerk.set(clerkId, plus(byClerk.get(clerkId) ?? nothing, work))
  }
  const nicknameOf = await readNicknames(db, [...byClerk.keys()])
  return {
    on: day.on,
    at: clock.now(),
    ...deeds.reduce((sum, { work }) => plus(sum, work), nothing),
    members: new Set(deeds.map(({ memberId }) => memberId)).size,
    waitingOrders,
    clerks: [...byClerk]
      .map(([memberId, work]) => ({ memberId, nickname: nicknameOf(memberId), ...work }))
      .sort((a, b) => b.netFen - a.netFen || b.purchases - a.purchases),
  }
}

/** The clerk of an actor; null for the panel and other systems. */
function clerkOf(actor: string): number | null {
  const one = parseReference(actor)
  return one?.kind === 'clerk' ? one.id : null
}

const plus = (sum: Work, more: Partial<Work>): Work =>
  Object.fromEntries(
    (Object.keys(sum) as (keyof Work)[]).map((name) => [name, sum[name] + (more[name] ?? 0)]),
  ) as unknown as Work

async function readNicknames(db: Database, ids: readonly (number | null)[]) {
  const known = ids.filter((id) => id !== null)
  const rows =
    known.length === 0
      ? []
      : await db.select({ id: members.id, nickname: members.nickname }).from(members).where(inArray(members.id, known))
  const names = new Map(rows.map(({ id, nickname }) => [id, nickname]))
  return (id: number | null): string => (id === null ? '后台与其他系统' : (names.get(id) ?? ''))
}
