import { adminRef, clerkRef, memberRef } from '@pointbook/shared/references'
import { Refusal } from '@pointbook/shared/refusals'
import type { FastifyInstance } from 'fastify'
import { once } from '../../../book/once.ts'
import { record } from '../../../platform/audit-log.ts'
import type { Handle } from '../../../platform/http.ts'
import { guessing } from '../../../platform/tally.ts'
import type { Server } from '../../../server.ts'
import { openVisitOf, visitOf } from '../codes/visits.ts'
import { requireUnmerged } from '../identities/store.ts'
import { cardView, issueCard, reportCard } from './issue.ts'
import { addBatch, readBatch, readBatches, readCardOf, readCardsOf } from './store.ts'

export function cardRoutes(handle: Handle, server: Server, app: FastifyInstance) {
  const { db, clock, misses } = server

  handle('GET /me/card', async ({ caller: { memberId } }) => {
    const card = await readCardOf(db, memberId)
    return { card: card && cardView(card) }
  })

  handle('POST /me/card/loss', ({ caller: { memberId } }) =>
    reportCard(server, { memberId, actor: memberRef(memberId) }, true),
  )

  handle(
    'POST /clerk/cards',
    async ({ input: { visit, cardNo }, caller: { memberId: clerkId } }) => {
      const { memberId, by } = openVisitOf(app, visit, clerkId)
      // A card may later prove the member's presence, so the member must be present when it is issued.
      if (by !== 'code') throw new Refusal('visit.needs-code')
      await requireUnmerged(db, memberId)
      const issue = () => issueCard(server, { memberId, actor: clerkRef(clerkId) }, cardNo)
      return guessing(misses, memberRef(clerkId), issue)
    },
    { perMinute: 60 },
  )

  handle('POST /clerk/cards/loss', async ({ input: { visit }, caller: { memberId: clerkId } }) => {
    const memberId = visitOf(app, visit, clerkId)
    await requireUnmerged(db, memberId)
    return reportCard(server, { memberId, actor: clerkRef(clerkId) }, true)
  })

  handle('GET /admin/members/:memberId/cards', async ({ input: { memberId } }) => {
    const rows = await readCardsOf(db, memberId)
    return {
      rows: rows.map(({ cardNo, state, issuedAt, issuedBy, endedAt }) => {
        return { cardNo, state, issuedAt: issuedAt!, issuedBy, endedAt }
      }),
    }
  })

  handle('POST /admin/members/:memberId/cards', ({ input: { memberId, cardNo }, caller: { login } }) =>
    issueCard(server, { memberId, actor: adminRef(login) }, cardNo),
  )

  handle('POST /admin/members/:memberId/cards/loss', ({ input: { memberId, lost }, caller: { login } }) =>
    reportCard(server, { memberId, actor: adminRef(login) }, lost),
  )

  handle('GET /admin/card-batches', async () => ({ rows: await readBatches(db) }))

  handle('POST /admin/card-batches', async ({ input: { cards, requestId }, caller: { login } }) => {
    const [at, actor] = [clock.now(), adminRef(login)]
    return once(db, { name: 'cards.make', requestId, input: { cards }, at }, async (tx) => {
      const batchId = await addBatch(tx, { cards, madeAt: at, madeBy: actor })
      await record(tx, at, { actor, action: 'card.batch', subject: 'cards', text: `生成 ${cards} 个会员卡号` })
      return { batchId }
    })
  })

  handle('GET /admin/card-batches/:batchId', async ({ input: { batchId } }) => {
    const cardNos = await readBatch(db, batchId)
    if (cardNos.length === 0) throw new Refusal('card.unknown')
    return { cardNos }
  })
}
