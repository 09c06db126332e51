import { dayOf, type Instant } from '@pointbook/shared/day'
import { adminRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { and, eq } from 'drizzle-orm'
import { movesTable } from '../../../book/tables.ts'
import { definedColumns } from '../../../platform/database/defined-columns.ts'
import type { Handle } from '../../../platform/http.ts'
import type { Server } from '../../../server.ts'
import { actKey, completing, ifMayEarn, recordAct } from '../../earning/events/acts.ts'
import { profileFor } from '../../earning/events/traits.ts'
import { type MemberRow, readMember, requireMembership } from '../directory/store.ts'
import { correctProfile } from './correction.ts'
import { changeProfile, missingFrom, profileOf } from './profile.ts'

export function profileRoutes(handle: Handle, server: Server) {
  const { db, book, keys, offsetMinutes } = server
  const dayAt = (at: Instant) => dayOf(at, offsetMinutes)

  handle('POST /me/profile', async ({ input, caller: { memberId } }) => {
    const { member, completed } = await changeProfile(server, memberId, input)
    return { ...profileOf(keys, member), earned: completed ? await giftFor(member) : 0 }
  })

  handle('PATCH /admin/members/:memberId/profile', async ({ input, caller: { login } }) => {
    const { memberId, revision, reason, nickname, sex, birthday, address } = input
    await requireMembership(db, memberId)
    const change = definedColumns({ nickname, sex, birthday, address })
    const correction = { memberId, change, revision, reason, actor: adminRef(login) }
    const { member, completed } = await correctProfile(server, correction)
    return { earned: completed ? await giftFor(member) : 0 }
  })

  handle('GET /me/profile/gift', async ({ caller: { memberId } }) => {
    const member = await readMember(db, memberId)
    if (!member) throw new Refusal('member.unknown')
    const missing = missingFrom(profileOf(keys, member))
    const act = completing(memberId, profileFor(member, dayAt))
    const isOver = missing.length === 0 || (await wasMade(memberId, actKey(act)))
    const promised = isOver ? null : await ifMayEarn(() => book.preview(recordAct, act))
    return { points: promised?.points ?? 0, missing }
  })

  /** Gives the points for a complete profile, once. */
  async function giftFor(member: MemberRow): Promise<number> {
    const act = completing(member.id, profileFor(member, dayAt))
    const answer = await ifMayEarn(() => book.submit(recordAct, act))
    return answer && !answer.repeated ? answer.outcome.points : 0
  }

  async function wasMade(memberId: number, key: string): Promise<boolean> {
    const rows = await db
      .select({ at: movesTable.at })
      .from(movesTable)
      .where(and(eq(movesTable.memberId, memberId), eq(movesTable.key, key)))
    return rows.length > 0
  }
}
