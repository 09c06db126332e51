import { dayOf } from '@pointbook/shared/day'
import { parsePurchaseRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { and, asc, desc, eq, exists, gt, inArray, lt, notExists } from 'drizzle-orm'
import { type EntryRow, pointsAccounts, pointsEntries, pointsLots } from '../../../book/tables.ts'
import type { Lot } from '../../../core/assets/posting.ts'
import type { Database, Transaction } from '../../../platform/database/pool.ts'
import { newestFirst, olderThan, type TimeMark } from '../../../platform/time-order.ts'
import type { Server } from '../../../server.ts'
import { purchasesTable } from '../../earning/purchases/tables.ts'
import { standsFor } from '../../earning/referrals/store.ts'
import { referralsTable } from '../../earning/referrals/tables.ts'
import { members } from '../../members/directory/tables.ts'
import { isMerged, requireUnmerged } from '../../members/identities/store.ts'
import { mergedMembersTable } from '../../members/identities/tables.ts'
import { takingsTable } from '../../points/ledger/tables.ts'
import { announcements } from '../../shop/announcements/tables.ts'
import { caseMembersTable, caseStepsTable, cases } from './tables.ts'
import type { Gift } from './takings.ts'

export async function requireCase(db: Database | Transaction, caseId: number): Promise<typeof cases.$inferSelect> {
  const [row] = await db.select().from(cases).where(eq(cases.id, caseId))
  if (!row) throw new Refusal('case.unknown')
  return row
}

export interface CaseQuery {
  state?: 'open' | 'closed' | undefined
  before: TimeMark | undefined
  limit: number
}

/** Cases, newest first. */
export function readCases(db: Database, { state, before, limit }: CaseQuery) {
  const undecided = db
    .select({ caseId: caseMembersTable.caseId })
    .from(caseMembersTable)
    .where(and(eq(caseMembersTable.caseId, cases.id), eq(caseMembersTable.decision, '')))
  const states = { open: exists(undecided), closed: notExists(undecided) }
  return db
    .select()
    .from(cases)
    .where(and(olderThan(cases.openedAt, cases.id, before), state && states[state]))
    .orderBy(...newestFirst(cases.openedAt, cases.id))
    .limit(limit)
}

/** The members of cases with what the merchant sees of them. */
export async function readCaseMembers(db: Database | Transaction, caseIds: readonly number[]) {
  if (caseIds.length === 0) return []
  return db
    .select({ inCase: caseMembersTable, member: members, account: pointsAccounts, merged: isMerged })
    .from(caseMembersTable)
    .innerJoin(members, eq(members.id, caseMembersTable.memberId))
    .innerJoin(pointsAccounts, eq(pointsAccounts.memberId, caseMembersTable.memberId))
    .leftJoin(mergedMembersTable, eq(mergedMembersTable.memberId, caseMembersTable.memberId))
    .where(inArray(caseMembersTable.caseId, [...caseIds]))
    .orderBy(asc(caseMembersTable.caseId), asc(caseMembersTable.memberId))
}

export const readSteps = (db: Database, caseId: number) =>
  db
    .select()
    .from(caseStepsTable)
    .where(eq(caseStepsTable.caseId, caseId))
    .orderBy(asc(caseStepsTable.at), asc(caseStepsTable.id))

export async function readPublishedCases(db: Database, caseIds: readonly number[]): Promise<Set<number>> {
  if (caseIds.length === 0) return new Set()
  const rows = await db
    .select({ caseId: announcements.caseId })
    .from(announcements)
    .where(inArray(announcements.caseId, [...caseIds]))
  return new Set(rows.map(({ caseId }) => caseId!))
}

/** The open case each of these members is in. */
export async function openCasesOf(
  db: Database | Transaction,
  memberIds: readonly number[],
): Promise<Map<number, number>> {
  if (memberIds.length === 0) return new Map()
  const rows = await db
    .select({ memberId: caseMembersTable.memberId, caseId: caseMembersTable.caseId })
    .from(caseMembersTable)
    .where(and(inArray(caseMembersTable.memberId, [...memberIds]), eq(caseMembersTable.decision, '')))
  return new Map(rows.map(({ memberId, caseId }) => [memberId, caseId]))
}

/** Throws `member.unknown`, `member.merged-into`, `member.cancelled` or `case.running` for members who cannot be in a new case. */
export async function requireFree(tx: Transaction, memberIds: readonly number[]): Promise<void> {
  // Locks the members, so that of two cases opened at once the second sees the first.
  const rows = await tx
    .select({ id: members.id, nickname: members.nickname })
    .from(members)
    .where(inArray(members.id, [...memberIds]))
    .orderBy(asc(members.id))
    .for('update')
  if (rows.length < memberIds.length) throw new Refusal('member.unknown')
  const [cancelled] = await tx
    .select({ memberId: pointsAccounts.memberId })
    .from(pointsAccounts)
    .where(and(inArray(pointsAccounts.memberId, [...memberIds]), eq(pointsAccounts.standing, 'cancelled')))
    .limit(1)
  if (cancelled) {
    await requireUnmerged(tx, cancelled.memberId)
    throw new Refusal('member.cancelled')
  }
  const running = await openCasesOf(tx, memberIds)
  const busy = rows.find(({ id }) => running.has(id))
  if (busy) throw new Refusal('case.running', { nickname: busy.nickname })
}

type GiftRow = { entry: EntryRow; lot: Lot | null }

/** Entries that gave a member points, newest first. */
export const readGiving = (
  db: Database,
  memberId: number,
  which: { before?: number | undefined; seqs?: readonly number[]; limit: number },
): Promise<GiftRow[]> =>
  db
    .select({ entry: pointsEntries, lot: pointsLots })
    .from(pointsEntries)
    .leftJoin(pointsLots, and(eq(pointsLots.memberId, pointsEntries.memberId), eq(pointsLots.seq, pointsEntries.seq)))
    .where(
      and(
        eq(pointsEntries.memberId, memberId),
        inArray(pointsEntries.kind, ['earn', 'adjust']),
        gt(pointsEntries.delta, 0),
        which.before === undefined ? undefined : lt(pointsEntries.seq, which.before),
        which.seqs && inArray(pointsEntries.seq, [...which.seqs]),
      ),
    )
    .orderBy(desc(pointsEntries.seq))
    .limit(which.limit)

/** The facts about an entry that a move needs to take it back. */
export function giftOf({ memberId, seq, kind, cause, ref, delta, at }: EntryRow, offsetMinutes: number): Gift {
  return {
    seq,
    points: delta,
    month: kind === 'earn' ? dayOf(at, offsetMinutes).slice(0, 7) : null,
    purchase: cause === 'purchase' ? parsePurchaseRef(ref)! : null,
    inviteeId: cause === 'referral-inviter' ? Number(ref) : cause === 'referral-invitee' ? memberId : null,
  }
}

/** Whether entries were taken back, and how many of their points returns have left. */
export async function readLeft({ db, offsetMinutes }: Server, memberId: number, rows: readonly GiftRow[]) {
  const seqs = rows.map(({ entry }) => entry.seq)
  const gifts = rows.map(({ entry }) => giftOf(entry, offsetMinutes))
  const invitees = gifts.flatMap(({ inviteeId }) => inviteeId ?? [])
  const [takenBack, sold, referrals] = await Promise.all([
    seqs.length === 0 ? [] : readTakings(db, memberId, seqs),
    readSold(db, memberId, gifts),
    invitees.length === 0 ? [] : readReferrals(db, invitees),
  ])
  const takenSeqs = new Set(takenBack.map(({ entrySeq }) => entrySeq))
  const returned = new Map(sold.map(({ entrySeq, returnedPoints }) => [entrySeq, returnedPoints]))
  const referralOf = new Map(referrals.map((referral) => [referral.inviteeId, referral]))
  return gifts.map(({ seq, points, inviteeId }) => {
    const referral = inviteeId === null ? undefined : referralOf.get(inviteeId)
    const nothing = takenSeqs.has(seq) || (referral && !standsFor(referral, memberId, seq))
    return { takenBack: takenSeqs.has(seq), left: nothing ? 0 : Math.max(0, points - (returned.get(seq) ?? 0)) }
  })
}

const readTakings = (db: Database, memberId: number, seqs: number[]) =>
  db
    .select({ entrySeq: takingsTable.entrySeq })
    .from(takingsTable)
    .where(and(eq(takingsTable.memberId, memberId), inArray(takingsTable.entrySeq, seqs)))

async function readSold(db: Database, memberId: number, gifts: readonly Gift[]) {
  const receipts = gifts.flatMap(({ purchase }) => purchase ?? [])
  if (receipts.length === 0) return []
  const { entrySeq, returnedPoints, receiptNo, storeId } = purchasesTable
  return db
    .select({ entrySeq, returnedPoints })
    .from(purchasesTable)
    .where(
      and(
        inArray(storeId, [...new Set(receipts.map((receipt) => receipt.storeId))]),
        inArray(receiptNo, [...new Set(receipts.map((receipt) => receipt.receiptNo))]),
        eq(purchasesTable.memberId, memberId),
      ),
    )
}

const readReferrals = (db: Database, invitees: number[]) =>
  db.select().from(referralsTable).where(inArray(referralsTable.inviteeId, invitees))
