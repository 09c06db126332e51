import { Refusal } from '@pointbook/shared/refusals'
import type { House } from '../../outside.ts'
import { isDuplicate } from '../../platform/database/failures.ts'
import { inTransaction } from '../../platform/database/pool.ts'
import { addAnnouncement } from '../announcements/store.ts'
import { readCaseMembers, requireCase } from './store.ts'
import { caseStepsTable } from './tables.ts'

/** Tells all members the result, once. Refuses with `case.undecided` and `case.published`. */
export async function publishResult(
  { db, clock }: House,
  caseId: number,
  words: { title: string; body: string },
  actor: string,
): Promise<number> {
  const at = clock.now()
  await requireCase(db, caseId)
  const everybody = await readCaseMembers(db, [caseId])
  if (everybody.some(({ inCase }) => inCase.decision === '')) throw new Refusal('case.undecided')
  try {
    return await inTransaction(db, async (tx) => {
      const announcementId = await addAnnouncement(tx, { ...words, publish: true, caseId, actor, at })
      await tx.insert(caseStepsTable).values({ caseId, memberId: 0, kind: 'published', text: words.title, actor, at })
      return announcementId
    })
  } catch (error) {
    throw isDuplicate(error) ? new Refusal('case.published') : error
  }
}
