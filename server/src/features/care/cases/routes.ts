import { adminRef, subjectRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import { once } from '../../../book/once.ts'
import { record } from '../../../platform/audit-log.ts'
import { numberCursor, pageOf } from '../../../platform/cursor.ts'
import type { Handle } from '../../../platform/http.ts'
import { timeCursor } from '../../../platform/time-order.ts'
import type { Server } from '../../../server.ts'
import { entryView } from '../../points/ledger/detail.ts'
import { decideCase, freezeInCase } from './moves.ts'
import { publishResult } from './publish.ts'
import { giftOf, readGiving, readLeft, requireCase, requireFree } from './store.ts'
import { caseMembersTable, caseStepsTable, cases } from './tables.ts'
import { takeUnlawful } from './takings.ts'
import { readCase, readCaseList } from './view.ts'
import { takenText } from './words.ts'

export function caseRoutes(handle: Handle, server: Server) {
  const { db, book, clock, offsetMinutes } = server

  handle('GET /admin/cases', async ({ input: { state, cursor, limit = 20 } }) =>
    readCaseList(db, { state, before: timeCursor(cursor), limit }),
  )

  handle('GET /admin/cases/:caseId', ({ input: { caseId } }) => readCase(db, caseId))

  handle('POST /admin/cases', async ({ input: { requestId, ...wish }, caller: { login } }) => {
    const [at, actor] = [clock.now(), adminRef(login)]
    const { reason, freeze } = wish
    const memberIds = [...new Set(wish.memberIds)]
    const opened = await once(db, { name: 'cases.open', requestId, input: wish, at }, async (tx) => {
      await requireFree(tx, memberIds)
      const [{ insertId: caseId }] = await tx.insert(cases).values({ reason, openedAt: at, openedBy: actor })
      await tx
        .insert(caseMembersTable)
        .values(memberIds.map((memberId) => ({ caseId, memberId, decision: '' as const, takenPoints: 0 })))
      await tx.insert(caseStepsTable).values({ caseId, memberId: 0, kind: 'opened', text: reason, actor, at })
      const text = `调查 ${caseId}：开始调查 ${memberIds.length} 位会员：${reason}`
      await record(tx, at, { actor, action: 'case.open', subject: subjectRef('case', caseId), text })
      return { caseId }
    })
    if (freeze) {
      const freezeOne = (memberId: number) => book.make(freezeInCase, { ...opened, memberId, actor, reason })
      await Promise.all(memberIds.map(freezeOne))
    }
    return opened
  })

  handle('POST /admin/cases/:caseId/freeze', async ({ input: { caseId, memberId }, caller: { login } }) => {
    const { reason } = await requireCase(db, caseId)
    await book.make(freezeInCase, { caseId, memberId, reason, actor: adminRef(login) })
    return { done: true }
  })

  handle('POST /admin/cases/:caseId/notes', async ({ input: { requestId, ...note }, caller: { login } }) => {
    const { caseId, text } = note
    const [at, actor] = [clock.now(), adminRef(login)]
    await requireCase(db, caseId)
    return once(db, { name: 'cases.note', requestId, input: note, at }, async (tx) => {
      await tx.insert(caseStepsTable).values({ caseId, memberId: 0, kind: 'note', text, actor, at })
      return { done: true as const }
    })
  })

  handle('GET /admin/cases/:caseId/members/:memberId/gifts', async ({ input }) => {
    const { caseId, memberId, cursor, limit = 20 } = input
    await requireCase(db, caseId)
    const entries = await readGiving(db, memberId, { before: numberCursor(cursor), limit: limit + 1 })
    const { rows, next } = pageOf(entries, limit, ({ entry }) => entry.seq)
    const left = await readLeft(server, memberId, rows)
    return { rows: rows.map((row, index) => ({ ...entryView(row), ...left[index]! })), next }
  })

  handle('POST /admin/cases/:caseId/takings', async ({ input, caller: { login } }) => {
    const { caseId, memberId, reason, requestId } = input
    const actor = adminRef(login)
    const seqs = [...new Set(input.seqs)].sort((a, b) => a - b)
    const entries = await readGiving(db, memberId, { seqs, limit: seqs.length })
    const missing = seqs.find((seq) => !entries.some(({ entry }) => entry.seq === seq))
    if (missing !== undefined) throw new Refusal('entry.gave-nothing', { seq: missing })
    const gifts = entries.map(({ entry }) => giftOf(entry, offsetMinutes)).sort((a, b) => a.seq - b.seq)
    const shown = { points: input.points }
    const taking = { caseId, memberId, gifts, shown, reason, actor, requestId }
    const outcome = await book.make(takeUnlawful, taking)
    return { ...outcome, text: takenText(outcome) }
  })

  handle('POST /admin/cases/:caseId/decisions', ({ input, caller: { login } }) => {
    const { caseId, memberId, decision, reason } = input
    const actor = adminRef(login)
    const points = decision === 'cleared' ? (input.points ?? 0) : 0
    const verdict = { caseId, memberId, decision, reason, points, actor }
    return book.make(decideCase, verdict)
  })

  handle('POST /admin/cases/:caseId/announcement', ({ input, caller: { login } }) => {
    const { caseId, title, body, requestId } = input
    return publishResult(server, caseId, { words: { title, body }, actor: adminRef(login), requestId })
  })
}
