import { addMs, type Day, dayOf, type Instant, startOf } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { and, eq, inArray } from 'drizzle-orm'
import { once } from '../../../book/once.ts'
import type { Server } from '../../../server.ts'
import { recordPurchase } from '../../earning/purchases/moves.ts'
import { unknownBuyer } from '../../earning/purchases/receipt.ts'
import { plainlyPaid, purchasesTable } from '../../earning/purchases/tables.ts'
import { expireImported } from '../../points/ledger/expire.ts'
import { stores } from '../../shop/stores/tables.ts'
import { findOrAdd } from './people.ts'
import { type Chunk, readCsv } from './read-csv.ts'
import { damageText, fieldsWithLostDigits, isLong, type Names, type Row, readRow } from './rows.ts'

const NOON_MS = 12 * 3_600_000

export interface ImportTotals {
  newMembers: number
  newPurchases: number
  /** Purchases that an earlier run had recorded. */
  alreadyThere: number
  rejected: number
  /** Of the new purchases. */
  points: number
  /** Points past their last usable day, ended by the import; left out for none. */
  ended?: number
}

interface Options {
  file: string
  names: Names
  onReject(line: number, reason: string): void
  onProgress(readShare: number, totals: ImportTotals): void
}

type Placed = Row & { at: number }

/**
 * Imports a purchase history through the book, each purchase at noon of its day. The rows of one member are recorded in the order
 * of the file. Points past their last usable day expire. A second import of the same file adds nothing. Throws `NoHistory` for an
 * unreadable file, and errors of the database.
 */
export async function takeHistory(
  server: Server,
  { file, names, onReject, onProgress }: Options,
): Promise<ImportTotals> {
  const totals: ImportTotals = { newMembers: 0, newPurchases: 0, alreadyThere: 0, rejected: 0, points: 0 }
  const storeId = await historyStore(server)
  const reject = (line: number, reason: string) => {
    totals.rejected += 1
    onReject(line, reason)
  }
  const memberIds = new Set<number>()
  for await (const chunk of readCsv(file, names)) {
    const chunkMemberIds = await takeChunk(server, storeId, readable(server, chunk, reject), totals, reject)
    for (const memberId of chunkMemberIds) memberIds.add(memberId)
    onProgress(chunk.readShare, totals)
  }
  const ended = await expireImported(server, memberIds)
  return ended > 0 ? { ...totals, ended } : totals
}

type Reject = (line: number, reason: string) => void

function readable({ clock, offsetMinutes }: Server, { rows, broken }: Chunk, reject: Reject): Placed[] {
  const today = dayOf(clock.now(), offsetMinutes)
  const damaged = fieldsWithLostDigits(rows.map(({ raw }) => raw))
  for (const { at, reason } of broken) reject(at, reason)
  return rows.flatMap(({ raw, at }) => {
    const lost = damaged.find((field) => isLong(raw[field]))
    const row = lost ? damageText(lost, raw) : readRow(raw, today)
    if (typeof row !== 'string') return { ...row, at }
    reject(at, row)
    return []
  })
}

/** Returns whose purchases they are. */
async function takeChunk(
  server: Server,
  storeId: number,
  rows: Placed[],
  totals: ImportTotals,
  reject: Reject,
): Promise<Iterable<number>> {
  const noonOf = (on: Day) => addMs(startOf(on, server.offsetMinutes), NOON_MS)
  const first = new Map<string, Instant>()
  for (const { memberRef, on } of rows) if (!first.has(memberRef)) first.set(memberRef, noonOf(on))
  const people = [...first].map(([memberRef, since]) => ({ memberRef, since }))
  const { ids, added } = await findOrAdd(server, people)
  totals.newMembers += added
  // All at once, so that batches are full; the book decides moves in the order of their arrival.
  const answers = await Promise.allSettled(
    rows.map(({ memberRef, receiptNo, on, line }) => {
      const memberId = ids.get(memberRef)!
      const what = { memberId, storeId, receiptNo, lines: [line] }
      const receipt = { ...what, paid: plainlyPaid, buyer: unknownBuyer, actor: 'system' } as const
      return server.book.submit(recordPurchase, receipt, { at: noonOf(on) })
    }),
  )
  const repeated: Placed[] = []
  answers.forEach((answer, index) => {
    const row = rows[index]!
    if (answer.status === 'rejected') reject(row.at, refusalText(answer.reason, row))
    else if (answer.value.repeated) repeated.push(row)
    else {
      totals.newPurchases += 1
      totals.points += answer.value.outcome.points
    }
  })
  await countRepeated(server, storeId, repeated, totals, reject)
  return ids.values()
}

function refusalText(reason: unknown, { receiptNo }: Row): string {
  if (!(reason instanceof Refusal) || reason.status >= 500) throw reason
  if (reason.code === 'receipt.taken')
    return `receipt ${receiptNo} is recorded with other content or for another member`
  return `${reason.code}: ${reason.text}`
}

/** The book compares the lines of a receipt; a purchase on another day must not count as the same one. */
async function countRepeated(server: Server, storeId: number, rows: Placed[], totals: ImportTotals, reject: Reject) {
  if (rows.length === 0) return
  const receiptNos = rows.map(({ receiptNo }) => receiptNo)
  const stored = await server.db
    .select({ receiptNo: purchasesTable.receiptNo, at: purchasesTable.at })
    .from(purchasesTable)
    .where(and(eq(purchasesTable.storeId, storeId), inArray(purchasesTable.receiptNo, receiptNos)))
  const dayOfReceipt = new Map(stored.map(({ receiptNo, at }) => [receiptNo, dayOf(at, server.offsetMinutes)]))
  for (const { receiptNo, on, at } of rows) {
    if (dayOfReceipt.get(receiptNo) === on) totals.alreadyThere += 1
    else reject(at, `receipt ${receiptNo} is recorded on ${dayOfReceipt.get(receiptNo)}`)
  }
}

/** The store of imported purchases. It is created once and closed, so that it cannot be chosen for a pick-up. */
function historyStore({ db, clock }: Server): Promise<number> {
  const store = { name: '历史导入', address: '', hours: '', open: false }
  const request = { name: 'imports.store', requestId: 'only', input: store, at: clock.now() }
  return once(db, request, async (tx) => (await tx.insert(stores).values(store))[0].insertId)
}
