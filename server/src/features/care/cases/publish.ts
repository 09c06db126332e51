import { type ActorRef, subjectRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { once } from '../../../book/once.ts'
import { record } from '../../../platform/audit-log.ts'
import { isDuplicate } from '../../../platform/database/failures.ts'
import type { Server } from '../../../server.ts'
import { addAnnouncement } from '../../shop/announcements/store.ts'
import { readCaseMembers, requireCase } from './store.ts'
import { caseStepsTable } from './tables.ts'

interface Publication {
  words: { title: string; body: string }
  actor: ActorRef
  requestId: string
}

/** Publishes the result to all members, once, with an audit log line. Refuses with `case.undecided` and `case.published`. */
export async function publishResult(
  { db, clock }: Server,
  caseId: number,
  { words, actor, requestId }: Publication,
): Promise<{ announcementId: number }> {
  const at = clock.now()
  await requireCase(db, caseId)
  const everybody = await readCaseMembers(db, [caseId])
  if (everybody.some(({ inCase }) => inCase.decision === '')) throw new Refusal('case.undecided')
  try {
    const request = { name: 'cases.publish', requestId, input: { caseId, words }, at }
    return await once(db, request, async (tx) => {
      const announcementId = await addAnnouncement(tx, { ...words, publish: true, caseId, actor, at })
      await tx.insert(caseStepsTable).values({ caseId, memberId: 0, kind: 'published', text: words.title, actor, at })
      const text = `调查 ${caseId}：公示结果「${words.title}」`
      await record(tx, at, { actor, action: 'case.publish', subject: subjectRef('case', caseId), text })
      return { announcementId }
    })
  } catch (error) {
    throw isDuplicate(error) ? new Refusal('case.published') : error
  }
}
