import { parsePurchaseRef, purchaseRef } from '@pointbook/shared/references'
import { and, asc, eq, inArray, or } from 'drizzle-orm'
import { pointsEntries, pointsRedates } from '../../../book/tables.ts'
import type { Lot } from '../../../core/assets/posting.ts'
import { redate } from '../../../core/assets/redate.ts'
import { isActivity, lastDayBy, type Step } from '../../../core/ledger/extension.ts'
import type { Account, EntryHeader, Posting } from '../../../core/ledger/points.ts'
import type { Database } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { readPolicies } from '../../points/policy/store.ts'
import { type PurchaseRow, purchasesTable } from './tables.ts'

/** A lot that a purchase has extended, with the steps by which its last day changed. `own` is the step of the purchase. */
export interface Extended {
  lotSeq: number
  steps: (Step & { entrySeq: number })[]
  own: number
  /** The least remaining amount of the purchase, in fen, with which its step stands. */
  leastFen: number
}

/** The lots that a purchase has extended. Lots moved by a merge keep their dates. */
export async function readExtended(
  { db }: Pick<Server, 'db'>,
  { memberId, entrySeq }: PurchaseRow,
): Promise<Extended[]> {
  const [own] = await db
    .select({ seq: pointsEntries.seq, policyVersion: pointsEntries.policyVersion })
    .from(pointsEntries)
    .where(
      and(
        eq(pointsEntries.memberId, memberId),
        // Right after the purchase, or after the debt that it paid.
        inArray(pointsEntries.seq, [entrySeq + 1, entrySeq + 2]),
        eq(pointsEntries.cause, 'extension'),
      ),
    )
  if (!own) return []
  const moved = await readSteps(db, memberId)
  const lots = new Set(moved.filter((step) => step.entrySeq === own.seq).map(({ lotSeq }) => lotSeq))
  const steps = moved.filter(({ lotSeq }) => lots.has(lotSeq))
  const gone = await readGone(db, steps)
  const policies = await readPolicies(db, [own.policyVersion])
  const leastFen = policies.get(own.policyVersion)?.expiry.extension?.leastFen ?? 1
  return [...lots].map((lotSeq) => ({
    lotSeq,
    own: own.seq,
    leastFen: Math.max(1, leastFen),
    steps: steps
      .filter((step) => step.lotSeq === lotSeq)
      .map(({ entrySeq: seq, expiresFrom, expiresOn, ref }) => ({
        entrySeq: seq,
        expiresFrom,
        expiresOn,
        stands: !gone.has(ref),
      })),
  }))
}

const readSteps = (db: Database, memberId: number) =>
  db
    .select({
      lotSeq: pointsRedates.lotSeq,
      entrySeq: pointsRedates.entrySeq,
      expiresFrom: pointsRedates.expiresFrom,
      expiresOn: pointsRedates.expiresOn,
      ref: pointsEntries.ref,
      policyVersion: pointsEntries.policyVersion,
    })
    .from(pointsRedates)
    .innerJoin(
      pointsEntries,
      and(eq(pointsEntries.memberId, pointsRedates.memberId), eq(pointsEntries.seq, pointsRedates.entrySeq)),
    )
    .where(eq(pointsRedates.memberId, memberId))
    .orderBy(asc(pointsRedates.entrySeq))

/** References of the purchases that extended lots and of which too little is left. */
async function readGone(db: Database, steps: { ref: string; policyVersion: number }[]): Promise<Set<string>> {
  const { storeId, receiptNo } = purchasesTable
  const refs = steps.filter(({ ref }) => parsePurchaseRef(ref))
  if (refs.length === 0) return new Set()
  const receipts = refs.map(({ ref }) => parsePurchaseRef(ref)!)
  const [sold, policies] = await Promise.all([
    db
      .select()
      .from(purchasesTable)
      .where(or(...receipts.map((one) => and(eq(storeId, one.storeId), eq(receiptNo, one.receiptNo))))),
    readPolicies(
      db,
      refs.map(({ policyVersion }) => policyVersion),
    ),
  ])
  const left = new Map(sold.map((one) => [purchaseRef(one) as string, moneyLeft(one, one.returnedFen)]))
  const gone = refs.filter(({ ref, policyVersion }) => {
    const [policy, fen] = [policies.get(policyVersion), left.get(ref)]
    return policy && fen !== undefined && !isActivity(policy, fen)
  })
  return new Set(gone.map(({ ref }) => ref))
}

/** The remaining money of a purchase after returns, in proportion to its price. */
export function moneyLeft({ amountFen, paid }: Pick<PurchaseRow, 'amountFen' | 'paid'>, returnedFen: number): number {
  const otherwise = Math.min(amountFen, otherwiseFen(paid))
  return amountFen === 0 ? 0 : Math.floor(((amountFen - otherwise) * (amountFen - returnedFen)) / amountFen)
}

/** What coupons and points paid, fen. */
export const otherwiseFen = ({ couponFen, ownCouponFen = 0, offset }: PurchaseRow['paid']): number =>
  couponFen + ownCouponFen + (offset?.fen ?? 0)

/** Undoes the extensions of a purchase once too little of it is left; null when no date changes. */
export function shortened(
  account: Account,
  memberLots: readonly Lot[],
  extended: readonly Extended[],
  leftFen: number,
  header: EntryHeader,
): Posting | null {
  const moves = extended.flatMap(({ lotSeq, steps, own, leastFen }) => {
    const lot = memberLots.find(({ seq }) => seq === lotSeq)
    if (!lot || leftFen >= leastFen) return []
    const standing = steps.map((step) => ({ ...step, stands: step.stands && step.entrySeq !== own }))
    return { lot, expiresOn: lastDayBy(standing, lot.expiresOn) }
  })
  return redate(account, { ...header, cause: 'extension' }, moves, [
    { rule: '@extension', points: 0, because: { type: 'extension-undone' } },
  ])
}
