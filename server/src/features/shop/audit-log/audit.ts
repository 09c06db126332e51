import type { Pool, PoolConnection } from 'mysql2/promise'
import type { AuditPart, BlameRow } from '../../../book/audit-part.ts'
import { inSnapshot, query } from '../../../book/audit-read.ts'
import { isGenuine, type Line } from '../../../platform/database/log-seal.ts'
import { type Block, blockSeal, digestOf, readSeals, SEALS, type Seals, sweptSeal, type Tip, tipOf } from './seals.ts'

const BLOCKS_AT_ONCE = 100
const LINES_AT_ONCE = 1_000

/**
 * Finds, of the lines in blocks, every one that was edited, added, copied or removed, also at the end; of those of the last minute,
 * which are in no block yet, all but the removed ones.
 */
export const logAudit: AuditPart = {
  id: 'log',
  title: '审计日志',
  text: '后台的审计日志没有改动、增减，只有保留期满的被删除',
  begin: (blame, secret) => ({ end: (pool) => checkLog(pool, { secret, blame }) }),
}

interface Judge {
  secret: string
  blame: BlameRow
}

/** Judges the log some blocks at a time, each time in one snapshot, because the shop goes on. Returns how many lines it has judged. */
async function checkLog(pool: Pool, judge: Judge): Promise<number> {
  let judged = 0
  for (let after: Tip | null = null; ; ) {
    const step = await inSnapshot(pool, (connection) => checkSome(connection, judge, after))
    judged += step.lines
    if (!step.tip) return judged
    after = step.tip
  }
}

/** The blocks after one; `tip` is null at the end. */
async function checkSome(connection: PoolConnection, judge: Judge, after: Tip | null) {
  const { blame } = judge
  const seals = await readSealsOrBlame(connection, judge)
  if (seals === 'edited') return { lines: 0, tip: null }
  const blocks = await readBlocks(connection, after?.no ?? Number.MIN_SAFE_INTEGER)
  if (!seals) {
    if (blocks.length > 0) blame('封印的总记录不见了，整个审计日志都不可信')
    return { lines: await checkLoose(connection, judge, Number.POSITIVE_INFINITY), tip: null }
  }
  // Blocks whose time was over may have been dropped since the step before.
  let tip = !after || after.no < seals.before.no ? seals.before : after
  const isEnd = blocks.length < BLOCKS_AT_ONCE
  const lines = await readLines(connection, after ? tip.no : null, isEnd ? null : blocks.at(-1)!.no)
  for (const block of blocks) {
    checkBlock(judge, tip, block, lines.get(block.no) ?? [])
    lines.delete(block.no)
    tip = tipOf(block)
  }
  for (const stray of lines.values())
    for (const { id } of stray) blame(`审计日志第 ${id} 行：不在任何封印组里，是后来加的`)
  const count = [...lines.values()].reduce((sum, rows) => sum + rows.length, 0)
  const judged = blocks.reduce((sum, block) => sum + block.lineIds.length, count)
  if (!isEnd) return { lines: judged, tip }
  if (tip.no !== seals.last.no || tip.seal !== seals.last.seal)
    blame(`封印组 ${tip.no + 1} 到 ${seals.last.no}：末尾被删除`)
  await checkCopies(connection, judge)
  return { lines: judged + (await checkLoose(connection, judge, seals.adoptUpTo)), tip: null }
}

async function readSealsOrBlame(
  connection: PoolConnection,
  { secret, blame }: Judge,
): Promise<Seals | null | 'edited'> {
  const [row] = await query(connection, 'SELECT value FROM settings WHERE name = ?', [SEALS])
  try {
    return readSeals(secret, row ? JSON.parse(row['value']) : null)
  } catch {
    blame('封印的总记录被改过，整个审计日志都不可信')
    return 'edited'
  }
}

function checkBlock({ secret, blame }: Judge, before: Tip, block: Block, lines: Line[]) {
  const { no, swept } = block
  const isWhole = before.no + 1 === no && blockSeal(secret, before, block).equals(block.seal)
  if (!isWhole) blame(`封印组 ${no}：与前一组接不上，中间有删除或改动`)
  for (const line of lines) if (!isGenuine(secret, line)) blame(`审计日志第 ${line.id} 行：内容被改过，或不是系统写的`)
  if (swept?.equals(sweptSeal(secret, block))) {
    for (const { id } of lines) blame(`审计日志第 ${id} 行：已到期删除，又被放了回来`)
    return
  }
  const ids = new Set(lines.map(({ id }) => id))
  const missing = block.lineIds.filter((id) => !ids.has(id))
  for (const id of missing) blame(`审计日志第 ${id} 行：被删除`)
  for (const id of ids) if (!block.lineIds.includes(id)) blame(`审计日志第 ${id} 行：不在任何封印组里，是后来加的`)
  if (missing.length === 0 && ids.size === block.lineIds.length && !digestOf(secret, lines).equals(block.digest))
    blame(`封印组 ${no}：审计日志第 ${block.lineIds[0]} 到 ${block.lineIds.at(-1)} 行之间有改动`)
}

/** Lines that are in no block yet. Those without a seal are from before lines were sealed, up to `adoptUpTo`. */
async function checkLoose(connection: PoolConnection, { secret, blame }: Judge, adoptUpTo: number): Promise<number> {
  let judged = 0
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const rows = await query(
      connection,
      `SELECT ${LINE} FROM audit_log WHERE sealed_in IS NULL AND id > ? ORDER BY id LIMIT ${LINES_AT_ONCE}`,
      [after],
    )
    for (const line of rows.map(lineOf)) {
      const isOld = line.seal === null && line.id <= adoptUpTo
      if (!isOld && !isGenuine(secret, line)) blame(`审计日志第 ${line.id} 行：内容被改过，或不是系统写的`)
    }
    judged += rows.length
    if (rows.length < LINES_AT_ONCE) return judged
    after = rows.at(-1)!['id']
  }
}

/** A line with the seal of another is a copy: each seal has a mark of its own. */
async function checkCopies(connection: PoolConnection, { blame }: Judge) {
  const copies = await query(
    connection,
    'SELECT MIN(id) AS id, MAX(id) AS copy FROM audit_log WHERE seal IS NOT NULL GROUP BY seal HAVING COUNT(*) > 1 LIMIT 100',
  )
  for (const { id, copy } of copies) blame(`审计日志第 ${copy} 行：抄自审计日志第 ${id} 行，不是系统写的`)
}

async function readBlocks(connection: PoolConnection, after: number): Promise<Block[]> {
  const rows = await query(
    connection,
    `SELECT no, line_ids AS ids, newest_at AS newestAt, digest, seal, swept FROM audit_log_blocks
      WHERE no > ? ORDER BY no LIMIT ${BLOCKS_AT_ONCE}`,
    [after],
  )
  return rows.map(({ ids, newestAt, ...row }) => ({ ...row, lineIds: idsIn(ids), newestAt: isoOf(newestAt) }) as Block)
}

/** The lines of blocks after one and up to another, by their block, in the order of ids; null for no bound. */
async function readLines(connection: PoolConnection, after: number | null, upTo: number | null) {
  const rows = await query(
    connection,
    `SELECT ${LINE} FROM audit_log WHERE sealed_in > ? AND sealed_in <= ? ORDER BY id`,
    [after ?? Number.MIN_SAFE_INTEGER, upTo ?? Number.MAX_SAFE_INTEGER],
  )
  const byBlock = new Map<number, Line[]>()
  for (const line of rows.map(lineOf)) {
    const block = byBlock.get(line.sealedIn!)
    if (block) block.push(line)
    else byBlock.set(line.sealedIn!, [line])
  }
  return byBlock
}

const LINE = 'id, at, actor, action, subject, text, detail, seal, sealed_in AS sealedIn'

const isoOf = (at: string) => `${at.slice(0, 10)}T${at.slice(11)}Z`
const lineOf = (row: { [name: string]: unknown }) => ({ ...row, at: isoOf(row['at'] as string) }) as Line

/** Damaged text counts as no lines: the seal of the block does not match then. */
function idsIn(text: string): number[] {
  try {
    const ids = JSON.parse(text)
    return Array.isArray(ids) ? ids : []
  } catch {
    return []
  }
}
