import type { RecordPart } from '../directory/record-part.ts'
import { waitingFor } from './requests.ts'

export const rebindingRecord: RecordPart<'rebinding'> = async ({ db }, { memberId }) => {
  const waiting = await waitingFor(db, memberId)
  return { rebinding: waiting && { askedAt: waiting.askedAt, dueAt: waiting.dueAt } }
}
