import type { Pool } from 'mysql2/promise'
import type { AuditPart, BlameRow } from '../../../book/audit-part.ts'
import { query } from '../../../book/audit-read.ts'

export const leavingAudit: AuditPart = {
  id: 'leaving',
  title: '会员注销',
  text: '已注销的会员没有积分和欠分，账户已注销，身份资料已清除',
  begin: (blame) => ({ end: (pool) => checkLeft(pool, blame) }),
}

/** Members who left: an empty, cancelled account and no identity. Returns how many there are. */
async function checkLeft(pool: Pool, blame: BlameRow): Promise<number> {
  const [faults, [{ done } = { done: 0 }]] = await Promise.all([
    query(
      pool,
      `SELECT r.member_id AS memberId, a.standing, a.balance, a.debt
         FROM leave_requests r
         JOIN points_accounts a ON a.member_id = r.member_id
         JOIN members m ON m.id = r.member_id
        WHERE r.state = 'done'
          AND (a.standing <> 'cancelled' OR a.balance <> 0 OR a.debt <> 0 OR m.phone_sealed <> '' OR m.phone_tail <> ''
            OR m.openid IS NOT NULL OR m.birth_month_day IS NOT NULL OR m.birth_year_sealed <> '' OR m.birthday IS NOT NULL
            OR m.address_sealed <> '' OR m.address <> '' OR m.avatar_url <> '')
        LIMIT 100`,
    ),
    query(pool, "SELECT COUNT(*) AS done FROM leave_requests WHERE state = 'done'"),
  ])
  for (const { memberId, standing, balance, debt } of faults)
    blame(`会员 ${memberId}：已注销，账户状态 ${standing}，余额 ${balance}，欠分 ${debt}，或仍有身份资料`)
  return Number(done)
}
