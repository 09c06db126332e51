import { entryRef, parseEntryRef } from '@pointbook/shared/references'
import type { PoolConnection } from 'mysql2/promise'
import type { AuditPart, BlameRow } from '../../../book/audit-part.ts'
import { query, type Range } from '../../../book/audit-read.ts'
import type { PointsBook } from '../../../book/audit-totals.ts'
import { asOpened } from '../../../core/assets/redate.ts'

export const mergeAudit: AuditPart = {
  id: 'merges',
  title: '会员合并',
  text: '转入的每批积分都来自被合并的会员，分数与有效期一致，转入等于转出',
  begin(blame) {
    const moved = { points: 0, debt: 0 }
    return {
      range: (connection, range) => {
        for (const book of range.books) addMoved(moved, book)
        return checkMerges(connection, range, blame)
      },
      end: async () => {
        checkMoved(moved, blame)
        return 0
      },
    }
  },
}

/** Adds the amounts that merges moved out of accounts and into others. */
function addMoved(moved: { points: number; debt: number }, { entries }: PointsBook) {
  for (const { kind, delta, debtDelta } of entries) {
    if (kind !== 'merge') continue
    moved.points += delta
    moved.debt += debtDelta
  }
}

function checkMoved({ points, debt }: { points: number; debt: number }, blame: BlameRow) {
  if (points !== 0) blame(`转入比转出${points > 0 ? '多' : '少'} ${Math.abs(points)} 分`)
  if (debt !== 0) blame(`转入的欠分比转出${debt > 0 ? '多' : '少'} ${Math.abs(debt)} 分`)
}

/** Lots that came by a merge against the lots they came from: points, days and the row that links them. Returns how many. */
async function checkMerges(connection: PoolConnection, { after, upTo, books }: Range, blame: BlameRow) {
  const moved = books.flatMap(movedLots)
  if (moved.length === 0) return 0
  const [identities, links] = await Promise.all([
    readSources(connection, [...new Set(moved.map(({ ref }) => parseEntryRef(ref)?.memberId ?? 0))]),
    readLinks(connection, after, upTo),
  ])
  const drawnByRef = new Map<string, number>()
  for (const { memberId, seq, ref, points, days } of moved) {
    const name = `会员 ${memberId} 第 ${seq} 笔`
    drawnByRef.set(ref, (drawnByRef.get(ref) ?? 0) + points)
    if (identities.get(ref)?.days !== days) blame(`${name}：有效期与原批次 ${ref} 不同`)
    if (links.get(entryRef(memberId, seq)) !== ref) blame(`${name}：与原批次 ${ref} 的对应关系不符`)
  }
  for (const [ref, points] of drawnByRef) {
    const from = identities.get(ref)?.points ?? 0
    if (from !== points) blame(`批次 ${ref}：转出 ${from} 分，转入 ${points} 分`)
  }
  return moved.length
}

/** The lots that merges opened, with the days they were opened with. */
function movedLots({ memberId, entries, lots, redates }: PointsBook) {
  const lotOf = new Map(lots.map((lot) => [lot.seq, lot]))
  return entries
    .filter(({ kind, delta }) => kind === 'merge' && delta > 0)
    .map(({ seq, ref, delta: points }) => {
      const lot = lotOf.get(seq)
      const opened = lot && asOpened(lot, redates)
      return { memberId, seq, ref, points, days: opened && daysText(opened.usableOn, opened.expiresOn) }
    })
}

const daysText = (usableOn: string, expiresOn: string | null) => `${usableOn} ${expiresOn}`

/** The points that merges drew from each lot of these members, and the lot's dates, by `member/lot`. */
async function readSources(connection: PoolConnection, memberIds: number[]) {
  const rows = await query(
    connection,
    `SELECT l.member_id AS memberId, l.seq, l.usable_on AS usableOn, l.expires_on AS expiresOn, SUM(d.points) AS points
       FROM points_draws d
       JOIN points_entries e ON e.member_id = d.member_id AND e.seq = d.entry_seq AND e.kind = 'merge'
       JOIN points_lots l ON l.member_id = d.member_id AND l.seq = d.lot_seq
      WHERE d.member_id IN (?)
      GROUP BY l.member_id, l.seq, l.usable_on, l.expires_on`,
    [memberIds],
  )
  return new Map(
    rows.map(({ memberId, seq, usableOn, expiresOn, points }) => [
      entryRef(memberId, seq) as string,
      { points: Number(points), days: daysText(usableOn, expiresOn) },
    ]),
  )
}

async function readLinks(connection: PoolConnection, after: number, upTo: number): Promise<Map<string, string>> {
  const rows = await query(
    connection,
    `SELECT member_id AS memberId, seq, from_member AS fromMember, from_seq AS fromSeq FROM lot_origins
      WHERE member_id > ? AND member_id <= ?`,
    [after, upTo],
  )
  return new Map(
    rows.map(({ memberId, seq, fromMember, fromSeq }) => [entryRef(memberId, seq), entryRef(fromMember, fromSeq)]),
  )
}
