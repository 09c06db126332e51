import { memberRef } from '@pointbook/shared/references'
import { readLog } from '../../../platform/audit-log.ts'
import type { Database } from '../../../platform/database/pool.ts'
import type { RecordPart } from '../../members/directory/record-part.ts'
import { withNames } from './named-log.ts'

const LOG_LINES = 50

export const auditLogRecord: RecordPart<'log' | 'frozen'> = async ({ db }, { memberId, account }) => {
  const [log, freeze] = await Promise.all([
    readLog(db, { subject: memberRef(memberId), limit: LOG_LINES }),
    account.standing === 'frozen' ? readFreeze(db, memberId) : null,
  ])
  return { log: await withNames(db, log), frozen: freeze }
}

/** The last freeze in the audit log; null when the last change of standing was another one. */
async function readFreeze(db: Database, memberId: number) {
  const [line] = await withNames(
    db,
    await readLog(db, { subject: memberRef(memberId), action: 'member.standing', limit: 1 }),
  )
  const [, reason] = /^冻结账户：(.*)$/.exec(line?.text ?? '') ?? []
  return line && reason !== undefined ? { at: line.at, by: line.actorName || line.actor, reason } : null
}
