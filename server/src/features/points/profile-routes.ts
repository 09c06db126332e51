import { dayOf, type Instant } from '@pointbook/shared/day'
import { Refusal } from '@pointbook/shared/refusals'
import { and, eq } from 'drizzle-orm'
import { movesTable } from '../../book/tables.ts'
import type { House } from '../../outside.ts'
import type { Handle } from '../../platform/http.ts'
import { changeProfile, missingFrom, profileOf } from '../members/profile.ts'
import { readMember } from '../members/store.ts'
import { actKey, completing, ifMayEarn, recordAct } from './acts.ts'
import { profileFor } from './profile.ts'

export function profileRoutes(handle: Handle, house: House) {
  const { db, book, offsetMinutes } = house
  const dayAt = (at: Instant) => dayOf(at, offsetMinutes)

  handle('POST /me/profile', async ({ input, caller: { memberId } }) => {
    const { member, completed } = await changeProfile(house, memberId, input)
    const act = completing(memberId, profileFor(member, dayAt))
    const answer = completed ? await ifMayEarn(() => book.submit(recordAct, act)) : null
    return { ...profileOf(member), earned: answer && !answer.repeated ? answer.outcome.points : 0 }
  })

  handle('GET /me/profile/gift', async ({ caller: { memberId } }) => {
    const member = await readMember(db, memberId)
    if (!member) throw new Refusal('member.unknown')
    const missing = missingFrom(member)
    const act = completing(memberId, profileFor(member, dayAt))
    const isOver = missing.length === 0 || (await wasMade(memberId, actKey(act)))
    const promised = isOver ? null : await ifMayEarn(() => book.preview(recordAct, act))
    return { points: promised?.points ?? 0, missing }
  })

  async function wasMade(memberId: number, key: string): Promise<boolean> {
    const found = await db
      .select({ at: movesTable.at })
      .from(movesTable)
      .where(and(eq(movesTable.memberId, memberId), eq(movesTable.key, key)))
    return found.length > 0
  }
}
