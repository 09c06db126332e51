import { dayOf, type Instant } from '@pointbook/shared/day'
import { asc, inArray, isNull, max, sql } from 'drizzle-orm'
import { record } from '../../../platform/audit-log.ts'
import { auditLog } from '../../../platform/database/audit-log-table.ts'
import { type Line, sealedLine } from '../../../platform/database/log-seal.ts'
import { inTransaction, type Transaction } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { type Block, blockSeal, digestOf, lockSeals, type Seals, saveSeals, tipOf } from './seals.ts'
import { logBlocks } from './tables.ts'

// Lines are written in many transactions at once, so each is sealed by itself when it is written, and this job seals committed ones
// into a chain of blocks: an edited, copied or foreign line shows at once, a missing one from the next run (a minute) on.

const AT_ONCE = 500

/** Seals all committed lines that are in no block. Returns their number. */
export async function sealLines(server: Server): Promise<number> {
  for (let sealed = 0; ; ) {
    const { lines, left } = await inTransaction(server.db, (tx) => sealSome(tx, server))
    sealed += lines
    // Whoever waited for none to be left might wait forever in a busy shop.
    if (!left) return sealed
  }
}

async function sealSome(tx: Transaction, { env, clock, offsetMinutes, log }: Server) {
  const { sealSecret } = env.secrets
  const at = clock.now()
  const seals = await lockSeals(tx, sealSecret, at, async () => {
    const adoptUpTo = await lastUnsealed(tx)
    if (adoptUpTo > 0) {
      log.warn({ upTo: adoptUpTo }, 'the lines of the audit log that have no seal are sealed from now on')
      await noteBegin(tx, at)
    }
    return { adoptUpTo }
  })
  const waiting = await tx
    .select()
    .from(auditLog)
    .where(isNull(auditLog.sealedIn))
    .orderBy(asc(auditLog.id))
    .limit(AT_ONCE)
  const lines = await adopted(tx, sealSecret, seals, ofOneDay(waiting, offsetMinutes))
  const adoptUpTo = (waiting[0]?.id ?? Number.POSITIVE_INFINITY) > seals.adoptUpTo ? 0 : seals.adoptUpTo
  const done = { lines: lines.length, left: waiting.length === AT_ONCE || lines.length < waiting.length }
  if (lines.length === 0 && seals.adoptUpTo === 0) return done
  const last = lines.length > 0 ? tipOf(await addBlock(tx, sealSecret, seals, lines)) : seals.last
  await saveSeals(tx, sealSecret, { ...seals, last, adoptUpTo }, at)
  if (lines.length > 0) log.info({ block: last.no, seal: last.seal }, 'audit log sealed')
  return done
}

async function lastUnsealed(tx: Transaction): Promise<number> {
  const [row] = await tx
    .select({ id: max(auditLog.id) })
    .from(auditLog)
    .where(isNull(auditLog.seal))
  return row?.id ?? 0
}

/** So that the merchant sees when it began, and that it began anew if somebody has removed all seals. */
const noteBegin = (tx: Transaction, at: Instant) =>
  record(tx, at, {
    actor: 'system',
    action: 'audit-log.seal',
    subject: 'settings',
    text: '审计日志从现在起加封印，更早的各行按现在的内容一并封印',
  })

/** The first lines, as far as they are of one business day: time sweeps whole blocks away. */
function ofOneDay(lines: Line[], offsetMinutes: number): Line[] {
  const on = (line: Line) => dayOf(line.at, offsetMinutes)
  const end = lines.findIndex((line) => on(line) !== on(lines[0]!))
  return end === -1 ? lines : lines.slice(0, end)
}

/** The lines, of which those from before lines were sealed get their seals. */
async function adopted(tx: Transaction, secret: string, { adoptUpTo }: Seals, lines: Line[]): Promise<Line[]> {
  const isOld = (line: Line) => line.seal === null && line.id <= adoptUpTo
  const sealed = lines.map((line) => (isOld(line) ? sealedLine(secret, line) : line))
  const old = sealed.filter((_, index) => isOld(lines[index]!))
  if (old.length > 0) {
    const cases = old.map(({ id, seal }) => sql`WHEN ${id} THEN ${seal}`)
    await tx
      .update(auditLog)
      .set({ seal: sql`CASE ${auditLog.id} ${sql.join(cases, sql` `)} END` })
      .where(
        inArray(
          auditLog.id,
          old.map(({ id }) => id),
        ),
      )
  }
  return sealed
}

async function addBlock(tx: Transaction, secret: string, { last }: Seals, lines: Line[]): Promise<Block> {
  const ids = lines.map(({ id }) => id)
  const no = last.no + 1
  const newestAt = lines
    .map(({ at }) => at)
    .sort()
    .at(-1)!
  const block = { no, lineIds: ids, newestAt, digest: digestOf(secret, lines), swept: null }
  const sealed = { ...block, seal: blockSeal(secret, last, block) }
  await tx.insert(logBlocks).values(sealed)
  const [{ affectedRows }] = await tx.update(auditLog).set({ sealedIn: no }).where(inArray(auditLog.id, ids))
  if (affectedRows !== ids.length) throw new Error('a line of the audit log has gone while it was sealed')
  return sealed
}
