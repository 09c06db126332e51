import { optionalPurposes } from '@pointbook/shared/purposes'
import type { PoolConnection } from 'mysql2/promise'
import type { AuditPart, BlameRow } from '../../../book/audit-part.ts'
import { query, type Range } from '../../../book/audit-read.ts'
import type { Choices } from '../directory/tables.ts'

export const consentAudit: AuditPart = {
  id: 'consents',
  title: '同意与拒绝',
  text: '每位会员现在同意和拒绝的，就是最近一次的回答',
  begin: (blame) => ({ range: (connection, range) => checkConsents(connection, range, blame) }),
}

/** Members whose present state is not what they last said. Returns how many members there are. */
async function checkConsents(connection: PoolConnection, { after, upTo }: Range, blame: BlameRow): Promise<number> {
  const people = await query(
    connection,
    `SELECT m.id AS memberId, m.choices, m.agreed_version AS agreedVersion
       FROM members m JOIN points_accounts a ON a.member_id = m.id
      WHERE m.id > ? AND m.id <= ? AND a.standing <> 'cancelled'`,
    [after, upTo],
  )
  const answers = await query(
    connection,
    `SELECT member_id AS memberId, subject, given, version FROM consents
      WHERE member_id > ? AND member_id <= ? ORDER BY member_id, at, id`,
    [after, upTo],
  )
  const last = new Map(answers.map((answer) => [`${answer.memberId}/${answer.subject}`, answer]))
  for (const { memberId, choices, agreedVersion } of people) {
    const now: Choices = JSON.parse(choices)
    const wrong = optionalPurposes.filter((purpose) => {
      const said = last.get(`${memberId}/${purpose}`)
      return now[purpose]?.allowed !== (said && said.given === 1) || now[purpose]?.version !== said?.version
    })
    if (wrong.length > 0) blame(`会员 ${memberId}：${wrong.join('、')} 与最近一次的回答不符`)
    if (agreedVersion !== (last.get(`${memberId}/service`)?.version ?? 0))
      blame(`会员 ${memberId}：同意的协议版本 ${agreedVersion} 与最近一次的回答不符`)
  }
  return people.length
}
