import type { RecordPart } from '../../members/directory/record-part.ts'
import { readCredits } from './credits.ts'

export const messageRecord: RecordPart<'messageCredits'> = async ({ db, env }, { memberId }) => ({
  messageCredits: await readCredits(db, env, memberId),
})
