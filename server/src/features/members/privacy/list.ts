import { dayOf } from '@pointbook/shared/day'
import { isOfKind } from '@pointbook/shared/references'
import { and, eq, inArray } from 'drizzle-orm'
import { newestFirst, olderThan, type TimeMark } from '../../../platform/time-order.ts'
import type { Server } from '../../../server.ts'
import type { PersonalPart } from '../directory/personal-part.ts'
import { members } from '../directory/tables.ts'
import { memberNo } from '../directory/words.ts'
import { answerBy, type LeaveRequest, obstaclesOf, subjectOf } from './leaving.ts'
import { leaveRequests } from './tables.ts'

interface Query {
  state?: Exclude<LeaveRequest['state'], 'ending'> | undefined
  before: TimeMark | undefined
  limit: number
}

/** Requests to leave, newest first, with what stands in the way of those that wait. */
export async function readRequests(server: Server, parts: readonly PersonalPart[], { state, before, limit }: Query) {
  const { db, offsetMinutes } = server
  const { askedAt, id } = leaveRequests
  const rows = await db
    .select({ request: leaveRequests, nickname: members.nickname })
    .from(leaveRequests)
    .innerJoin(members, eq(members.id, leaveRequests.memberId))
    .where(
      and(
        olderThan(askedAt, id, before),
        state && inArray(leaveRequests.state, state === 'waiting' ? ['waiting', 'ending'] : [state]),
      ),
    )
    .orderBy(...newestFirst(askedAt, id))
    .limit(limit)
  return Promise.all(
    rows.map(async ({ request: { id: leaveId, dueAt, askedBy, ...request }, nickname }) => {
      const obstacles =
        request.state === 'waiting' ? await obstaclesOf(server, await subjectOf(server, request.memberId), parts) : []
      return {
        ...request,
        state: request.state === 'ending' ? ('waiting' as const) : request.state,
        leaveId,
        nickname,
        memberNo: memberNo(request.memberId),
        askedBy: isOfKind(askedBy, 'admin') ? askedBy : '',
        dueOn: dayOf(dueAt, offsetMinutes),
        answerBy: answerBy(request.askedAt, offsetMinutes),
        obstacles: obstacles.map(({ text }) => text),
      }
    }),
  )
}
