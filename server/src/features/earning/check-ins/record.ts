import { standing } from '../../../core/check-in/streaks.ts'
import type { RecordPart } from '../../members/directory/record-part.ts'
import { readStreak } from './store.ts'

export const checkInRecord: RecordPart<'streak' | 'lastCheckIn'> = async ({ db }, { memberId, today }) => {
  const streak = await readStreak(db, memberId)
  return { streak: standing(streak, today), lastCheckIn: streak?.lastOn ?? null }
}
