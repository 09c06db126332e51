import { parsePurchaseRef, purchaseRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { and, desc, eq, inArray, lt, type SQL, sql } from 'drizzle-orm'
import type { MySqlColumn } from 'drizzle-orm/mysql-core'
import { pointsEntries } from '../../../book/tables.ts'
import type { Explanation } from '../../../core/ledger/points.ts'
import type { SoldLine } from '../../../core/purchases/returns.ts'
import type { Database } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { members } from '../../members/directory/tables.ts'
import { holdingOf } from '../../members/identities/store.ts'
import { readDrawsOf } from '../../points/ledger/store.ts'
import { stores } from '../../shop/stores/tables.ts'
import { readUsedFor } from '../../spending/coupons/store.ts'
import { readCapsUsed } from '../events/caps.ts'
import { readExtended } from './extension.ts'
import type { Return } from './return.ts'
import { type PurchaseRow, purchasesTable } from './tables.ts'

export async function readPurchase(db: Database, storeId: number, receiptNo: string): Promise<PurchaseRow | null> {
  const [row] = await db
    .select()
    .from(purchasesTable)
    .where(and(eq(purchasesTable.storeId, storeId), eq(purchasesTable.receiptNo, receiptNo)))
  return row ?? null
}

/** The purchase of a receipt; throws `receipt.unknown`. */
export async function requirePurchase(db: Database, storeId: number, receiptNo: string): Promise<PurchaseRow> {
  const purchaseRow = await readPurchase(db, storeId, receiptNo)
  if (!purchaseRow) throw new Refusal('receipt.unknown')
  return purchaseRow
}

/**
 * The facts that a return needs: where the points of the purchase are now, the lots that paid for it, its cap use, and the lots
 * it has extended.
 */
export async function readAhead(
  server: Pick<Server, 'db' | 'offsetMinutes'>,
  sold: PurchaseRow,
): Promise<Pick<Return, 'memberId' | 'entrySeq' | 'moved' | 'draws' | 'coupons' | 'caps' | 'extended'>> {
  const { db } = server
  const { memberId, entrySeq, lines, paid } = sold
  const [moved, draws, coupons, caps, extended] = await Promise.all([
    holdingOf(db, memberId, entrySeq),
    paid.offset ? readDrawsOf(db, memberId, paid.offset.entrySeq) : [],
    lines.some(({ couponFen }) => couponFen !== undefined) ? readUsedFor(db, purchaseRef(sold)) : [],
    readCapsUsed(server, memberId, entrySeq),
    readExtended(server, sold),
  ])
  return { memberId, entrySeq, moved, draws, coupons, caps, extended }
}

/** The lines of the newest receipts of the shop, and how many receipts they are of. */
export async function readNewestLines(
  db: Database,
  receipts: number,
): Promise<{ receipts: number; lines: SoldLine[] }> {
  const rows = await db
    .select({ lines: purchasesTable.lines })
    .from(purchasesTable)
    .orderBy(desc(purchasesTable.at))
    .limit(receipts)
  return { receipts: rows.length, lines: rows.flatMap(({ lines }) => lines) }
}

/** A member's purchases, newest first, found through the ledger, in which each purchase has one entry. */
export async function readPurchasesOf(
  db: Database,
  memberId: number,
  before: number | undefined,
  limit: number,
): Promise<PurchaseRow[]> {
  const refs = await db
    .select({ ref: pointsEntries.ref })
    .from(pointsEntries)
    .where(
      and(
        eq(pointsEntries.memberId, memberId),
        eq(pointsEntries.kind, 'earn'),
        eq(pointsEntries.cause, 'purchase'),
        before === undefined ? undefined : lt(pointsEntries.seq, before),
      ),
    )
    .orderBy(desc(pointsEntries.seq))
    .limit(limit)
  if (refs.length === 0) return []
  const rows = await db
    .select()
    .from(purchasesTable)
    .where(
      isOneOf(
        purchasesTable.storeId,
        purchasesTable.receiptNo,
        refs.map(({ ref }) => parsePurchaseRef(ref)!).map(({ storeId, receiptNo }) => [storeId, receiptNo] as const),
      ),
    )
    .orderBy(desc(purchasesTable.entrySeq))
  return rows.filter((purchase) => purchase.memberId === memberId)
}

/** Whether two columns together are one of several pairs. */
export const isOneOf = (
  first: MySqlColumn,
  second: MySqlColumn,
  pairs: readonly (readonly [number, number | string])[],
): SQL =>
  sql`(${first}, ${second}) in (${sql.join(
    pairs.map(([a, b]) => sql`(${a}, ${b})`),
    sql`, `,
  )})`

/** Data shown with purchases: the names of stores and members, and the explanations of their entries. */
export async function readAround(db: Database, purchases: readonly PurchaseRow[]) {
  const memberIds = [...new Set(purchases.map(({ memberId }) => memberId))]
  if (memberIds.length === 0)
    return {
      storeNames: new Map<number, string>(),
      nicknames: new Map<number, string>(),
      entries: new Map<string, { why: Explanation[]; policyVersion: number }>(),
    }
  const [storeRows, memberRows, entryRows] = await Promise.all([
    db.select({ id: stores.id, name: stores.name }).from(stores),
    db.select({ id: members.id, nickname: members.nickname }).from(members).where(inArray(members.id, memberIds)),
    db
      .select({
        memberId: pointsEntries.memberId,
        seq: pointsEntries.seq,
        why: pointsEntries.why,
        policyVersion: pointsEntries.policyVersion,
      })
      .from(pointsEntries)
      .where(
        isOneOf(
          pointsEntries.memberId,
          pointsEntries.seq,
          purchases.map(({ memberId, entrySeq }) => [memberId, entrySeq]),
        ),
      ),
  ])
  return {
    storeNames: new Map(storeRows.map(({ id, name }) => [id, name])),
    nicknames: new Map(memberRows.map(({ id, nickname }) => [id, nickname])),
    entries: new Map(
      entryRows.map(({ memberId, seq, why, policyVersion }) => [`${memberId}/${seq}`, { why, policyVersion }]),
    ),
  }
}
