import { and, eq, inArray } from 'drizzle-orm'
import { pageOf } from '../../../platform/cursor.ts'
import type { Database } from '../../../platform/database/pool.ts'
import { timeCursorOf } from '../../../platform/time-order.ts'
import { memberNo } from '../../members/directory/words.ts'
import { identitiesOf } from '../../members/identities/store.ts'
import { announcementOf } from '../../shop/announcements/store.ts'
import { ordersTable } from '../../spending/mall/tables.ts'
import { type CaseQuery, readCaseMembers, readCases, readPublishedCases, readSteps, requireCase } from './store.ts'
import type { Decision } from './tables.ts'
import { caseAnnouncement } from './words.ts'

/** A page of cases with their members' names and results. */
export async function readCaseList(db: Database, query: CaseQuery) {
  const caseRows = await readCases(db, { ...query, limit: query.limit + 1 })
  const { rows, next } = pageOf(caseRows, query.limit, ({ openedAt, id }) => timeCursorOf({ at: openedAt, id }))
  const caseIds = rows.map(({ id }) => id)
  const [everybody, published] = await Promise.all([readCaseMembers(db, caseIds), readPublishedCases(db, caseIds)])
  return {
    rows: rows.map(({ id: caseId, ...facts }) => {
      const mine = everybody.filter(({ inCase }) => inCase.caseId === caseId)
      return {
        caseId,
        ...facts,
        open: mine.some(({ inCase }) => inCase.decision === ''),
        members: mine.map(({ inCase, member }) => ({
          memberId: member.id,
          nickname: member.nickname,
          decision: inCase.decision || null,
        })),
        takenPoints: mine.reduce((sum, { inCase }) => sum + inCase.takenPoints, 0),
        published: published.has(caseId),
      }
    }),
    next,
  }
}

/** One case with its members, its steps and a draft of its announcement. Throws `case.unknown`. */
export async function readCase(db: Database, caseId: number) {
  const [{ id: _, ...facts }, everybody, steps, announcementId] = await Promise.all([
    requireCase(db, caseId),
    readCaseMembers(db, [caseId]),
    readSteps(db, caseId),
    announcementOf(db, caseId),
  ])
  const open = everybody.some(({ inCase }) => inCase.decision === '')
  const waiting = await Promise.all(everybody.map(({ member }) => countWaitingOf(db, member.id)))
  const nicknames = new Map(everybody.map(({ member }) => [member.id, member.nickname]))
  const judged = everybody.map(({ inCase, member }) => ({
    nickname: member.nickname,
    decision: inCase.decision as Decision,
    takenPoints: inCase.takenPoints,
  }))
  return {
    caseId,
    ...facts,
    open,
    members: everybody.map(({ inCase, member, account, merged }, index) => ({
      memberId: member.id,
      memberNo: memberNo(member.id),
      nickname: member.nickname,
      avatarUrl: member.avatarUrl,
      standing: account.standing,
      merged,
      balance: account.balance,
      debt: account.debt,
      decision: inCase.decision || null,
      takenPoints: inCase.takenPoints,
      waitingOrders: waiting[index]!,
    })),
    steps: steps.map(({ id: stepId, memberId, kind, text, actor, at }) => ({
      stepId,
      kind,
      memberId: memberId || null,
      nickname: nicknames.get(memberId) ?? '',
      text,
      actor,
      at,
    })),
    announcementId,
    draft: open ? null : caseAnnouncement(facts.reason, judged),
  }
}

/** A member's orders to pick up, their doubles' too. */
async function countWaitingOf(db: Database, memberId: number): Promise<number> {
  const theirs = inArray(ordersTable.memberId, await identitiesOf(db, memberId))
  return db.$count(ordersTable, and(theirs, eq(ordersTable.state, 'waiting')))
}
