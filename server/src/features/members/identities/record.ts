import { inArray } from 'drizzle-orm'
import type { Database } from '../../../platform/database/pool.ts'
import type { RecordPart } from '../directory/record-part.ts'
import { members } from '../directory/tables.ts'
import { heirOf, identitiesOf } from './store.ts'

export const mergeRecord: RecordPart<'mergedInto' | 'doubles'> = ({ db }, { memberId }) => readMerges(db, memberId)

/** The record that the member was merged into, and the doubles merged into the member. */
async function readMerges(db: Database, memberId: number) {
  const [heirId, [, ...doubleIds]] = await Promise.all([heirOf(db, memberId), identitiesOf(db, memberId)])
  const named = await db
    .select({ memberId: members.id, nickname: members.nickname })
    .from(members)
    .where(inArray(members.id, [heirId, ...doubleIds]))
  return {
    mergedInto: (heirId !== memberId && named.find((one) => one.memberId === heirId)) || null,
    doubles: named.filter((one) => doubleIds.includes(one.memberId)),
  }
}
