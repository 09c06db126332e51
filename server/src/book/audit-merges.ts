import type { PoolConnection } from 'mysql2/promise'
import { asOpened } from '../core/ledger/redate.ts'
import { query } from './audit-cross.ts'
import type { MemberBook } from './audit-member.ts'
import type { Range } from './audit-read.ts'
import type { CrossBlame } from './audit-subjects.ts'

/** Lots that came by a merge against the lots they came from: points, days and the row that links them. Returns how many. */
export async function checkMerges(connection: PoolConnection, { after, upTo, books }: Range, blame: CrossBlame) {
  const moved = books.flatMap(movedLots)
  if (moved.length === 0) return 0
  const [given, links] = await Promise.all([
    readGiven(connection, [...new Set(moved.map(({ ref }) => Number(ref.split('/')[0])))]),
    readLinks(connection, after, upTo),
  ])
  const taken = new Map<string, number>()
  for (const { memberId, seq, ref, points, days } of moved) {
    const name = `会员 ${memberId} 第 ${seq} 笔`
    taken.set(ref, (taken.get(ref) ?? 0) + points)
    if (given.get(ref)?.days !== days) blame('merges', `${name}：有效期与原批次 ${ref} 不同`)
    if (links.get(`${memberId}/${seq}`) !== ref) blame('merges', `${name}：与原批次 ${ref} 的对应关系不符`)
  }
  for (const [ref, points] of taken) {
    const from = given.get(ref)?.points ?? 0
    if (from !== points) blame('merges', `批次 ${ref}：转出 ${from} 分，转入 ${points} 分`)
  }
  return moved.length
}

/** The lots that merges opened, with the days they were opened with. */
function movedLots({ memberId, entries, lots, redates }: MemberBook) {
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

/** What merges drew from each lot of these members and the days it has, by `member/lot`. */
async function readGiven(connection: PoolConnection, memberIds: number[]) {
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
      `${memberId}/${seq}`,
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
    rows.map(({ memberId, seq, fromMember, fromSeq }) => [`${memberId}/${seq}`, `${fromMember}/${fromSeq}`]),
  )
}
