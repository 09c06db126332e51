import type { PoolConnection } from 'mysql2/promise'
import type { AuditPart, BlameRow } from '../../../book/audit-part.ts'
import { query, type Range } from '../../../book/audit-read.ts'
import type { Outcome } from '../approvals/tables.ts'

export const approvalAudit: AuditPart = {
  id: 'approvals',
  title: '审批',
  text: '每个已同意的申请都在流水里执行过，审批的人不是提交的人',
  begin: (blame) => ({ range: (connection, range) => checkApprovals(connection, range, blame) }),
}

/** Approvals about members against the entries that they made. Returns how many there are. */
async function checkApprovals(connection: PoolConnection, { after, upTo, books }: Range, blame: BlameRow) {
  const rows = await query(
    connection,
    `SELECT id, member_id AS memberId, kind, asker, decider, outcome FROM approvals
      WHERE state = 'approved' AND member_id > ? AND member_id <= ?`,
    [after, upTo],
  )
  const entries = new Map(
    books.map(({ memberId, entries }) => [memberId, new Map(entries.map((one) => [one.seq, one]))]),
  )
  for (const { id, memberId, kind, asker, decider, outcome } of rows) {
    const entry = entries.get(memberId)?.get(seqIn(outcome))
    if (asker === decider) blame(`申请 ${id}：提交和审批的是同一个人`)
    if (entry?.cause !== kind) blame(`申请 ${id}：已同意，但会员 ${memberId} 的流水里没有执行`)
  }
  return rows.length
}

/** The entry's number in a stored outcome; 0 for a text that is damaged. */
function seqIn(outcome: string): number {
  try {
    return (JSON.parse(outcome) as Outcome).seq ?? 0
  } catch {
    return 0
  }
}
