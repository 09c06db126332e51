import { dayOf } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { eq } from 'drizzle-orm'
import { inTransaction } from '../../../platform/database/pool.ts'
import type { Server } from '../../../server.ts'
import { members } from '../directory/tables.ts'

const MOST_A_DAY = 20

/** Counts a picture that the member sends, also one that turns out to be none. Throws `picture.limit-reached`. */
export async function countPicture({ db, clock, offsetMinutes }: Server, memberId: number): Promise<void> {
  const today = dayOf(clock.now(), offsetMinutes)
  await inTransaction(db, async (tx) => {
    const own = eq(members.id, memberId)
    const { picturesOn, picturesSent } = members
    const [member] = await tx.select({ picturesOn, picturesSent }).from(members).where(own).for('update')
    const sent = member?.picturesOn === today ? member.picturesSent : 0
    if (sent >= MOST_A_DAY) throw new Refusal('picture.limit-reached', { most: MOST_A_DAY })
    await tx
      .update(members)
      .set({ picturesOn: today, picturesSent: sent + 1 })
      .where(own)
  })
}
