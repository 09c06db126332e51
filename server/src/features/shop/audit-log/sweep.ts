import { addMonths, dayOf, type Instant, startOf } from '@pointbook/shared/day'
import { and, asc, eq, inArray, isNull, lt, lte, min } from 'drizzle-orm'
import { auditLog } from '../../../platform/database/audit-log-table.ts'
import { inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { readShop } from '../settings/store.ts'
import { sealLines } from './seal-lines.ts'
import { blocksNumbered, lockSeals, saveSeals, sweptSeal, tipOf } from './seals.ts'
import { logBlocks } from './tables.ts'

const BLOCKS_AT_ONCE = 20
// As the law asks. Whoever shortens the period in the database cannot empty the log by it.
const LEAST_MONTHS = 6

/** Deletes the lines that are older than the shop keeps them, some blocks at a time, each with the proof. Returns their number. */
export async function sweepLog(server: Server): Promise<number> {
  const { db, clock, offsetMinutes } = server
  const { keepLogMonths } = await readShop(db)
  const months = Math.max(keepLogMonths, LEAST_MONTHS)
  const keptFrom = startOf(addMonths(dayOf(clock.now(), offsetMinutes), -months), offsetMinutes)
  await sealLines(server)
  for (let deleted = 0; ; ) {
    const { blocks, lines } = await inTransaction(db, (tx) => sweepSome(tx, server, keptFrom))
    deleted += lines
    if (blocks < BLOCKS_AT_ONCE) return deleted
  }
}

async function sweepSome(tx: Transaction, { env, clock }: Server, keptFrom: Instant) {
  const { sealSecret } = env.secrets
  const at = clock.now()
  const seals = await lockSeals(tx, sealSecret, at, async () => ({ adoptUpTo: 0 }))
  const due = await tx
    .select()
    .from(logBlocks)
    .where(and(lt(logBlocks.newestAt, keptFrom), isNull(logBlocks.swept)))
    .orderBy(asc(logBlocks.no))
    .limit(BLOCKS_AT_ONCE)
  if (due.length === 0) return { blocks: 0, lines: 0 }
  for (const block of due)
    await tx
      .update(logBlocks)
      .set({ swept: sweptSeal(sealSecret, block) })
      .where(eq(logBlocks.no, block.no))
  const nos = due.map(({ no }) => no)
  const [{ affectedRows: lines }] = await tx.delete(auditLog).where(inArray(auditLog.sealedIn, nos))
  const before = await dropSwept(tx, seals.last.no)
  await saveSeals(tx, sealSecret, before ? { ...seals, before } : seals, at)
  return { blocks: due.length, lines }
}

/** Drops the blocks up to the first with lines, and gives the last one dropped; null for none. */
async function dropSwept(tx: Transaction, last: number) {
  const [kept] = await tx
    .select({ no: min(logBlocks.no) })
    .from(logBlocks)
    .where(isNull(logBlocks.swept))
  const upTo = (kept?.no ?? last + 1) - 1
  const [end] = await blocksNumbered(tx, [upTo])
  if (!end) return null
  await tx.delete(logBlocks).where(lte(logBlocks.no, upTo))
  return tipOf(end)
}
