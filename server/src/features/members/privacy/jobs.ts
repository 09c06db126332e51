import { Refusal } from '@pointbook/shared/refusals'
import { and, inArray, lte } from 'drizzle-orm'
import type { Job } from '../../../platform/schedule.ts'
import { settingAside } from '../../../platform/set-aside.ts'
import type { Server } from '../../../server.ts'
import { sweepLeft } from '../directory/left.ts'
import type { PersonalPart } from '../directory/personal-part.ts'
import { heirOf } from '../identities/store.ts'
import { endTerms } from './end-terms.ts'
import { eraseMember } from './erase.ts'
import { type LeaveRequest, obstaclesOf, subjectOf, withdraw } from './leaving.ts'
import { endMembership } from './moves.ts'
import { leaveRequests } from './tables.ts'

const AT_ONCE = 100

export const privacyJobs = (server: Server, parts: readonly PersonalPart[]): Job[] => [
  { name: 'end-memberships', pattern: '15 * * * *', atStart: true, run: () => endDue(server, parts) },
  { name: 'end-terms', pattern: '50 4 * * *', run: () => endTerms(server, parts) },
  { name: 'sweep-left', pattern: '30 4 * * *', run: () => sweepLeft(server.db, server.clock.now()) },
]

/** Ends the memberships whose waiting time is over. Returns how many ended; what is barred or broken off is tried again. */
const endDue = (server: Server, parts: readonly PersonalPart[]): Promise<number> =>
  settingAside(server, 'end-memberships', async (each) => {
    const { db, clock } = server
    const due = await db
      .select()
      .from(leaveRequests)
      .where(and(inArray(leaveRequests.state, ['waiting', 'ending']), lte(leaveRequests.dueAt, clock.now())))
      .orderBy(leaveRequests.dueAt, leaveRequests.id)
      .limit(AT_ONCE)
    const ended = await each(due, (request) => endOne(server, parts, request))
    return ended.filter(Boolean).length
  })

async function endOne(server: Server, parts: readonly PersonalPart[], request: LeaveRequest): Promise<boolean> {
  const { id: leaveId, memberId, state } = request
  // A run before this one broke off between the end of the membership and the erasure.
  if (state === 'ending') return erased(server, parts, request)
  if ((await heirOf(server.db, memberId)) !== memberId) {
    // The record was merged meanwhile: the person stays, with the kept record.
    await withdraw(server, memberId, 'system')
    return false
  }
  if ((await obstaclesOf(server, await subjectOf(server, memberId), parts)).length > 0) return false
  try {
    const ended = await server.book.make(endMembership, { memberId, leaveId, actor: 'system' })
    if (!ended) return false
  } catch (error) {
    // A case may have ended the membership meanwhile; the data are erased all the same.
    if (!(error instanceof Refusal && error.code === 'member.cancelled')) throw error
  }
  return erased(server, parts, request)
}

async function erased(server: Server, parts: readonly PersonalPart[], request: LeaveRequest): Promise<true> {
  await eraseMember(server, request, parts)
  return true
}
