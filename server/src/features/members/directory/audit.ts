import type { Pool } from 'mysql2/promise'
import type { AuditPart, BlameRow } from '../../../book/audit-part.ts'
import { query } from '../../../book/audit-read.ts'

export const memberAudit: AuditPart = {
  id: 'members',
  title: '会员',
  text: '每个积分账户都有会员资料，每位会员都有积分账户',
  begin: (blame) => ({ end: (pool) => checkMembers(pool, blame) }),
}

/** Accounts without a member, and members without an account. Returns how many members there are. */
async function checkMembers(pool: Pool, blame: BlameRow): Promise<number> {
  const [alone, missing, [{ known } = { known: 0 }]] = await Promise.all([
    query(
      pool,
      `SELECT a.member_id AS memberId FROM points_accounts a LEFT JOIN members m ON m.id = a.member_id
        WHERE m.id IS NULL LIMIT 100`,
    ),
    query(
      pool,
      `SELECT m.id AS memberId FROM members m LEFT JOIN points_accounts a ON a.member_id = m.id
        WHERE a.member_id IS NULL LIMIT 100`,
    ),
    query(pool, 'SELECT COUNT(*) AS known FROM members'),
  ])
  for (const { memberId } of alone) blame(`会员 ${memberId}：有积分账户，没有会员资料`)
  for (const { memberId } of missing) blame(`会员 ${memberId}：有会员资料，没有积分账户`)
  return known
}
